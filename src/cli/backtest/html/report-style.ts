/** What the report adds to the style of the web pages: the language switch without script, charts by class, lists that print. */
export const reportStyle = `
body:has(#lang-ja:checked) main [lang="en"], body:has(#lang-ja:checked) .bar [lang="en"] { display: none; }
body:has(#lang-en:checked) main [lang="ja"], body:has(#lang-en:checked) .bar [lang="ja"] { display: none; }
.bar .brand { padding: 0; } .bar .seg [lang] { display: block !important; } .bar { position: static; } .bar h1 { white-space: normal; }
main.page { max-width: 1200px; margin: 0 auto; display: grid; gap: 1.1rem; grid-template-columns: minmax(0, 1fr); }
main h2 { font-size: var(--fs-18); } main .card h2 { font-size: var(--fs-16); } main section { display: grid; gap: 1.1rem; min-width: 0; align-content: start; } main section.card { gap: 0; }
main .card { overflow: hidden; } .stack { align-content: start; } .card > header { flex-wrap: wrap; } .card.long > p { padding: .6rem 1.1rem 1rem; }
.stats { grid-template-columns: repeat(auto-fit, minmax(146px, 1fr)); }
.v.bad { color: var(--danger-ink); } .v.ok { color: var(--ok-ink); }
.note h2 { font-size: var(--fs-16); } .note p { margin-top: .2rem; } .note { font-size: var(--fs-14); }
.bar-line { display: block; width: 100%; height: 14px; border-radius: 3px; } .track { fill: var(--surface-3); }
svg .c-a { fill: var(--c-a); } svg .c-high { fill: var(--c-high); } svg .c-mid { fill: var(--c-mid); } svg .c-low { fill: var(--c-low); } svg .grid { stroke: var(--grid); }
i.c-a { background: var(--c-a); } i.c-high { background: var(--c-high); } i.c-mid { background: var(--c-mid); } i.c-low { background: var(--c-low); }
.hb li { grid-template-columns: minmax(0, 15em) minmax(3rem, 1fr) 7.5em; } .hb code { display: block; color: var(--ink-3); font-size: var(--fs-12); }
.legend { margin-top: .6rem; font-size: var(--fs-13); } .key { white-space: nowrap; }
.wide-table table { min-width: 34rem; } td ul { display: grid; gap: .35rem; } td .sub { display: block; } td.r, th.r { font-variant-numeric: tabular-nums; }
.cross td { font-size: var(--fs-18); font-weight: 700; } .cross .good { color: var(--ok-ink); } .cross .wrong { color: var(--danger-ink); } .cross td small { display: block; font-size: var(--fs-12); font-weight: 400; color: var(--ink-3); }
.mails td:first-child { width: 7.2rem; } .mails .id { width: 15rem; } .mails .change { width: 30%; } .mails .id .mono { display: block; } td .sub.when { display: none; } .judged { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem .7rem; align-items: start; } .risk { min-width: 28px; height: 26px; font-size: var(--fs-13); padding: 0 .4rem; }
main th:first-child, main td:first-child { padding-left: 1.1rem; } main th:last-child, main td:last-child { padding-right: 1.1rem; } .mails .mono { font-size: var(--fs-13); }
.kv { padding: 0 1.1rem 1.1rem; } .kv dd { font-weight: 400; }
details > summary { cursor: pointer; padding: .6rem 1.1rem; border-top: 1px solid var(--line); font-weight: 600; }
footer.page { max-width: 1200px; margin: 0 auto; padding-top: 0; color: var(--ink-3); font-size: var(--fs-13); }
@media (max-width: 760px) {
  main.page, footer.page { padding-bottom: 1.5rem; } .stats { grid-template-columns: repeat(2, minmax(0, 1fr)) !important; gap: .6rem; } .stat { padding: .7rem .8rem; } .stat .v { font-size: var(--fs-22); }
  .hb li { grid-template-columns: minmax(0, 1fr) auto; } .hb .bar-line { grid-column: 1 / -1; grid-row: 2; }
  .mails thead { display: none; } .mails, .mails tbody { display: block; } .mails tr { display: grid; grid-template-columns: auto minmax(0, 1fr); gap: .3rem .7rem; padding: .7rem 1.1rem; border-bottom: 1px solid var(--line); } .mails td, .mails td:first-child, .mails td:last-child { display: block; border: 0; padding: 0; width: auto !important; } .mails td .sub.when { display: block; } .mails td:nth-child(n + 3) { grid-column: 1 / -1; }
  .wide-table table.mails { min-width: 0; } .body { overflow-x: auto; } svg.ch { min-width: 34rem; }
}
@media print {
  :root, :root:not([data-theme="light"]) {
    --bg: #fff; --surface: #fff; --surface-2: #fff; --surface-3: #eef1f5; --line: #c5cdd8; --line-2: #7c8797; --ink: #000; --ink-2: #222; --ink-3: #444; --accent-ink: #164680;
    --danger-bg: #fff; --danger-ink: #951f18; --danger-line: #951f18; --warn-bg: #fff; --warn-ink: #744700; --ok-bg: #fff; --ok-ink: #125737; --grid: #c5cdd8;
    --c-high: #b3261e; --c-mid: #c07d00; --c-low: #8491a4; --c-a: #1b4f8f; --danger: #b3261e; --on-danger: #fff; --on-accent: #fff;
  }
  @page { size: A4; margin: 14mm; }
  .bar { display: flex !important; padding: 0 0 4mm; border: 0; } .bar .seg { display: none; } main.page, footer.page { padding: 0; max-width: none; display: block; } main section { display: block; } main h2 { margin-bottom: 2mm; }
  .card, main > .note { margin-bottom: 5mm; } .card.long { break-inside: auto; } tr, li { break-inside: avoid; } thead { display: table-header-group; } .stats, .two { display: grid; gap: 4mm; margin-bottom: 5mm; }
  .stats { grid-template-columns: repeat(4, 1fr); } .stats .card { margin: 0; } rect, i, .risk, .tag { print-color-adjust: exact; -webkit-print-color-adjust: exact; } .wide-table { overflow: visible; } .wide-table table { min-width: 0; }
}
`;
