/** Who sends a prefetch: Next.js's router, or the browser itself for `<link rel="prefetch">` and speculation rules. */
export type Prefetcher = 'browser' | 'router';
