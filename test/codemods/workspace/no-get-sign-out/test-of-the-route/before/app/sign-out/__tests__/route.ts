import { GET } from '../route';

export const run = () => GET();
