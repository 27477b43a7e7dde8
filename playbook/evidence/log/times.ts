/** When a line of a log was written: by Vercel, Docker, `npx convex logs`, a server that logs JSON. */

const DATE = String.raw`\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(?:[.,]\d+)?(?:Z| ?[+-]\d\d:?\d\d)?`;
const CONVEX = String.raw`\d{1,2}\/\d{1,2}\/\d{4}, \d{1,2}:\d\d:\d\d(?: [AP]M)?`;
const CLOCK = String.raw`\d\d:\d\d:\d\d(?:\.\d+)?(?= )`;

/** At the beginning of a line, behind a bracket, or behind the name that docker compose writes. */
const AT_START = new RegExp(String.raw`^(?:[\w.-]{1,60}\s*\|\s*)?\W{0,2}(?<time>${DATE}|${CONVEX}|${CLOCK})`, 'u');
const IN_JSON =
  /"(?:@?timestamp|timestampInMs|time|ts|date|datetime)"\s*:\s*(?:"(?<text>[^"]{8,40})"|(?<number>\d{13}|\d{10}(?:\.\d+)?)\b)/u;

/** Milliseconds since 1970, or since midnight where the line has no date; undefined where it has no time. */
export function timeOfLine(line: string): number | undefined {
  const text = AT_START.exec(line)?.groups?.['time'];
  if (text !== undefined) return parsed(text);
  if (!line.includes('":') && !line.includes('" :')) return undefined;
  const { number, text: json } = IN_JSON.exec(line)?.groups ?? {};
  if (number !== undefined) return number.length === 13 ? Number(number) : Math.round(Number(number) * 1000);
  return json === undefined ? undefined : parsed(json);
}

function parsed(text: string): number | undefined {
  const clock = /^(?<hours>\d\d):(?<minutes>\d\d):(?<seconds>\d\d(?:\.\d+)?)$/u.exec(text)?.groups;
  if (clock)
    return Math.round(
      ((Number(clock['hours']) * 60 + Number(clock['minutes'])) * 60 + Number(clock['seconds'])) * 1000,
    );
  const time = Date.parse(text.includes('/') ? text : text.replace(',', '.'));
  return Number.isNaN(time) ? undefined : time;
}
