export const options = { debug: true };
