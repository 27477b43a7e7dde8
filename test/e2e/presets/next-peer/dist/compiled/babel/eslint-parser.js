const refuse = () => {
  throw new SyntaxError('This is not the parser of Next.js, only its place.');
};
module.exports = { parse: refuse, parseForESLint: refuse };
