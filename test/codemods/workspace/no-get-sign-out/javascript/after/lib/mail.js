export const url = (base) => `${base}/sign-out`
