export const text = 'Ask for /api/sign-out or /sign-out-help.';
