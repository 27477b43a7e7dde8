/** Properties: what holds for every input of a kind. */
import fc from 'fast-check';

/** The same inputs in every run. Where one fails, fast-check shows the smallest. */
export function holds<Values>(property: fc.IProperty<Values>, numRuns = 200): void {
  fc.assert(property, { numRuns, seed: 20_261_130 });
}
