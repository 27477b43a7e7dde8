/** Remembers an answer about a text for as long as no other one is asked about: each rule asks the same of the file that is linted. */
export function forLastText<Value>(compute: (text: string) => Value): (text: string) => Value {
  let last: { readonly text: string; readonly value: Value } | undefined;
  return (text) => {
    if (last?.text !== text) last = { text, value: compute(text) };
    return last.value;
  };
}
