export const footer = (base: string) => `<a href="${base}/sign-out">Sign out</a>`;
