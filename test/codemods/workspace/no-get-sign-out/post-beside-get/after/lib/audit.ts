export const audit = async (what: string) => console.log(what);
