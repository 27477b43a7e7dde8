export const broken = '/sign-out' +;
