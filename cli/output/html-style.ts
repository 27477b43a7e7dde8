/** The style of a page, in light and in dark, narrow and wide. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --text: #1d2430; --quiet: #566070; --page: #f5f6f8; --card: #fff; --line: #d9dde4;
  --bad: #b3261e; --bad-soft: #fbe9e7; --good: #1b6e3c; --unsure: #8a5a00; --link: #1a56b0; --code: #eef0f4;
}
@media (prefers-color-scheme: dark) {
  :root {
    --text: #e4e8ee; --quiet: #9aa5b4; --page: #12151a; --card: #1b2027; --line: #323a45;
    --bad: #ff8a80; --bad-soft: #3a1f1f; --good: #7ddc9f; --unsure: #f2c063; --link: #8ab8ff; --code: #262d36;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { max-width: 60rem; margin: 0 auto; padding: 1.5rem 1rem 3rem; }
header { margin-bottom: 1.5rem; }
.product { margin: 0; color: var(--quiet); font-size: .85rem; }
h1 { margin: .2rem 0 .5rem; font-size: 1.6rem; line-height: 1.25; }
h1.found { color: var(--bad); } h1.nothing-found { color: var(--good); } h1.unknown { color: var(--unsure); }
h2 { margin: 0 0 .75rem; font-size: 1.1rem; line-height: 1.35; }
strong.error { color: var(--bad); } strong.warning { color: var(--unsure); }
small { color: var(--quiet); font-size: .8rem; font-weight: 400; }
a { color: var(--link); }
.summary { margin: 0; padding-left: 1.3rem; }
section, article { background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 1rem 1.1rem; margin-bottom: 1rem; }
article { border-left: 4px solid var(--bad); } article.warning { border-color: var(--line); border-left-color: var(--unsure); }
dl { margin: 0; display: grid; grid-template-columns: 5rem minmax(0, 1fr); gap: .6rem 1rem; }
dt { color: var(--quiet); font-size: .9rem; }
dd { margin: 0; min-width: 0; overflow-wrap: anywhere; }
p { margin: 0; }
ul { margin: 0; padding-left: 1.1rem; }
li + li { margin-top: .35rem; }
code, pre, td { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .85rem; }
code { background: var(--code); border-radius: 4px; padding: .1rem .3rem; }
pre { background: var(--code); border-radius: 6px; margin: .5rem 0 0; padding: .5rem .7rem; white-space: pre-wrap; }
.lane { color: var(--quiet); font-size: .85rem; margin-top: .5rem; }
svg { display: block; width: 100%; height: 2.25rem; border-bottom: 1px solid var(--line); }
svg.problem { fill: var(--bad); } svg.context { fill: var(--quiet); }
.axis { display: flex; justify-content: space-between; flex-wrap: wrap; gap: 0 1rem; margin-top: .4rem; color: var(--quiet); font-size: .8rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: .3rem .8rem .3rem 0; border-bottom: 1px solid var(--line); vertical-align: top; white-space: nowrap; }
th { color: var(--quiet); font-size: .8rem; font-weight: 500; }
tr.problem td { color: var(--bad); background: var(--bad-soft); }
footer { color: var(--quiet); font-size: .8rem; }
@media (max-width: 36rem) {
  main { padding: 1rem .75rem 2rem; }
  h1 { font-size: 1.3rem; }
  dl { grid-template-columns: minmax(0, 1fr); gap: .1rem; }
  dt { margin-top: .5rem; }
}
@media print { body { background: #fff; } section, article { break-inside: avoid; } }
`;
