export const LOGOUT = '/sign-out';
