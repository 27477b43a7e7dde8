/** The case as one page for a ticket. Whatever comes from evidence or from the project is redacted and escaped. */
import type { TrafficEvent } from '../../../playbook/evidence/har/events.ts';
import { escaped, list, pageOf } from '../../output/html-page.ts';
import { count } from '../../output/words.ts';
import { type Answer, type CaseReport, shownTime, type Step, verdictOfReport } from '../report.ts';
import { commandsOf, placeOf, stepText } from './text.ts';
import { binsOf, spanOf } from './timeline.ts';

const MAX_ROWS = 300;
const BINS = 120;
const LANE_HEIGHT = 36;

export function asHtml(report: CaseReport): string {
  const { answers, events, notes, omitted, steps } = report;
  const verdict = verdictOfReport(report);
  const titles = {
    found: `${count(answers.length, 'problem')} found`,
    'nothing-found': 'No mistake found',
    unknown: 'Nothing here shows what is wrong',
  };
  return pageOf({
    command: 'triage',
    product: 'Sign-in triage · WorkOS AuthKit and Convex',
    title: titles[verdict],
    verdict,
    summary: summary(answers),
    body: `${timelineOf(answers, events)}${answers.map(article).join('')}${stepsOf(steps)}${requestsOf(events, omitted)}${notesOf(notes)}`,
    note: 'Cookies, tokens, bodies and query strings of the evidence are left out.',
  });
}

const failureOf = ({ failure }: Answer): string => (failure === 0 ? 'versions' : `failure ${String(failure)}`);

function summary(answers: readonly Answer[]): string {
  if (answers.length < 2) return '';
  const items = answers.map(
    (answer, index) => `<li><a href="#answer-${String(index + 1)}">${escaped(answer.title)}</a></li>\n`,
  );
  return `<ol class="summary">\n${items.join('')}</ol>\n`;
}

interface Lane {
  readonly name: string;
  readonly times: readonly number[];
  readonly isProblem: boolean;
}

/** One lane for each problem that has times, and one for the pages that were opened. */
function timelineOf(answers: readonly Answer[], events: readonly TrafficEvent[]): string {
  const pages = events.flatMap(({ kind, time }) => (kind === 'page' && time !== undefined ? [time] : []));
  const lanes: Lane[] = [
    { name: 'Pages opened', times: pages, isProblem: false },
    ...answers.map(({ times, title }) => ({ name: title, times, isProblem: true })),
  ].filter(({ times }) => times.length > 0);
  const all = lanes.flatMap(({ times }) => times);
  if (!lanes.some(({ isProblem }) => isProblem)) return '';
  const first = all.reduce((least, time) => Math.min(least, time));
  const last = all.reduce((most, time) => Math.max(most, time));
  const rows = lanes.map((lane) => laneOf(lane, [first, last]));
  return `<section>
<h2>Timeline</h2>
<div class="timeline">
${rows.join('')}<p class="axis"><span>${escaped(shownTime(first))}</span><span>${escaped(spanOf(last - first))}</span><span>${escaped(shownTime(last))}</span></p>
</div>
</section>
`;
}

function laneOf({ isProblem, name, times }: Lane, span: readonly [number, number]): string {
  const bins = binsOf(times, BINS, span);
  const most = Math.max(...bins);
  const bars = bins.flatMap((count, index) => {
    if (count === 0) return [];
    const height = Math.max(6, Math.round((count / most) * LANE_HEIGHT));
    const box = `x="${String(index * 10)}" y="${String(LANE_HEIGHT - height)}" width="9" height="${String(height)}"`;
    const at = spanOf(((span[1] - span[0]) * index) / BINS);
    return [`<rect ${box}><title>${String(count)} at ${at}</title></rect>`];
  });
  const label = `${name} (${String(times.length)})`;
  return `<p class="lane">${escaped(label)}</p>
<svg class="${isProblem ? 'problem' : 'context'}" viewBox="0 0 ${String(BINS * 10)} ${String(LANE_HEIGHT)}" preserveAspectRatio="none" role="img" aria-label="${escaped(label)}">${bars.join('')}</svg>
`;
}

function article(answer: Answer, index: number): string {
  const { codemods, fix, frequency, seen, title, verify, why } = answer;
  const shown = [...seen, ...(frequency ? [frequency.text] : [])];
  const rows: (readonly [string, string])[] = [
    ...(shown.length > 0 ? [['Seen', list(shown.map(escaped))] as const] : []),
    ['Why', `<p>${escaped(why)}</p>`],
    ['Where', placesOf(answer)],
    [
      'Fix',
      `<p>${escaped(fix)}</p>${commandsOf(codemods)
        .map((command) => `<pre>${escaped(command)}</pre>`)
        .join('')}`,
    ],
    ['Verify', `<p>${escaped(verify)}</p>`],
  ];
  const terms = rows.map(([term, text]) => `<dt>${term}</dt><dd>${text}</dd>\n`).join('');
  return `<article id="answer-${String(index + 1)}">
<h2>${escaped(title)} <small>${escaped(failureOf(answer))}</small></h2>
<dl>
${terms}</dl>
</article>
`;
}

function placesOf({ lines, lookAt }: Answer): string {
  if (lines.length === 0) return `<p>No rule finds a line for it. ${escaped(lookAt)}</p>`;
  return list(
    lines
      .slice(0, MAX_ROWS)
      .map(
        (line) =>
          `<code>${escaped(placeOf(line))}</code><br>${escaped(line.message)} <small>authkit/${escaped(line.rule)}</small>`,
      ),
  );
}

function stepsOf(steps: readonly Step[]): string {
  const right = steps.filter(({ status }) => status === 'ok');
  return right.length === 0
    ? ''
    : `<section>\n<h2>Checked in the code</h2>\n${list(right.map((step) => escaped(stepText(step))))}\n</section>\n`;
}

function requestsOf(events: readonly TrafficEvent[], omitted: number): string {
  if (events.length === 0) return '';
  const start = events.find(({ time }) => time !== undefined)?.time ?? 0;
  const rows = events.slice(0, MAX_ROWS).map(({ effect, host, kind, method, path, status, symptom, time }) => {
    const cells = [
      time === undefined ? '' : `+${((time - start) / 1000).toFixed(2)} s`,
      kind,
      method,
      `${host}${path}`,
      status === 0 ? 'failed' : String(status),
      effect,
    ];
    return `<tr${symptom === undefined ? '' : ' class="problem"'}>${cells.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>\n`;
  });
  const more = omitted + Math.max(0, events.length - MAX_ROWS);
  const heads = ['Time', 'Kind', 'Method', 'URL', 'Status', 'Effect'].map((name) => `<th scope="col">${name}</th>`);
  return `<section>
<h2>Requests</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Requests">
<table>
<thead><tr>${heads.join('')}</tr></thead>
<tbody>
${rows.join('')}</tbody>
</table>
</div>
${more > 0 ? `<p>and ${String(more)} more</p>\n` : ''}</section>
`;
}

function notesOf(notes: readonly string[]): string {
  return notes.length === 0 ? '' : `<section>\n<h2>What was looked at</h2>\n${list(notes.map(escaped))}\n</section>\n`;
}
