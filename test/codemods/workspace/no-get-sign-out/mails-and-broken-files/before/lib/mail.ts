export const footer = (base: string) => `<p>Not you? <a href="${base}/sign-out?from=mail">Sign out</a></p>`;
