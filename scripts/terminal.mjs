/** Loaded before the command (`node --import`), it makes standard output and standard error a terminal of COLUMNS columns, so that docs quote what people see. */
for (const stream of [process.stdout, process.stderr]) {
  Object.defineProperty(stream, 'isTTY', { value: true });
  Object.defineProperty(stream, 'columns', { value: Number(process.env.COLUMNS) });
}
