import type { NextConfig } from 'next';

const config: NextConfig = { transpilePackages: ['backend'] };

export default config;
