// Preloaded into the language server: at a signal it says how much is in use on its heap.
import process from 'node:process';

process.on('SIGUSR2', () => {
  globalThis.gc();
  process.stderr.write(`heap ${String(process.memoryUsage().heapUsed)}\n`);
});
