/** What a bundler puts in its place; see `openCall` in ../open-page.ts. */
declare const process: { readonly env: { readonly NEXT_PUBLIC_CONVEX_URL?: string } };
