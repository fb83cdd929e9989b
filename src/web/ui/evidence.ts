import { html, raw } from 'hono/html';
import type { HoldView } from '../../gateway/index.ts';
import type { Examination } from '../../inspect/index.ts';
import type { Html } from './layout.ts';
import { maskText, piecesOf, secretsOf, type Piece, type Secrets } from './mask.ts';
import type { Texts } from './texts.ts';

const maxLines = 400;
const maxPlaces = 60;
const maxCharacters = 200_000;

type Line = { readonly number: number; readonly pieces: readonly Piece[]; readonly hit: boolean };
type Place = {
  readonly where: string;
  readonly hidden: boolean;
  readonly lines: readonly Line[];
  readonly hits: number;
  readonly isBody: boolean;
  readonly cut: boolean;
};

/** Where the findings stand, place by place, and the mail as text. What is masked is not in the HTML at all. */
export function evidenceSections(view: HoldView, seesContent: boolean, t: Texts): Html {
  if (!seesContent) return html`<div class="note">${t.noRight}</div>`;
  if (view.examination === null) return html`<div class="note warn">${t.noBody}</div>`;
  const examination = view.examination;
  const secrets = secretsOf(examination.findings);
  const places = placesOf(examination, secrets, t);
  const withHits = places.filter(({ hits }) => hits > 0);
  const bodies = places.filter(({ isBody }) => isBody);
  const unread = examination.unscannable.map(
    ({ where, reason }) => html`<li>${maskText(placeName(where, t), secrets)} — ${t.unread[reason]}</li>`,
  );
  return html`<section class="card" aria-labelledby="m">
      <header><h2 id="m">${t.places}</h2></header>
      <p class="sub body">${t.placesHint}</p>
      ${withHits.length === 0 ? html`<p class="body">${t.noHits}</p>` : ''}${withHits.slice(0, maxPlaces).map((place, index) => placeDetails(place, index < 3, t))}${
        unread.length === 0
          ? ''
          : html`<ul class="body">
              ${unread}
            </ul>`
      }
    </section>
    <section class="card" aria-labelledby="x">
      <header><h2 id="x">${t.mailText}</h2></header>
      <p class="body"><span class="sub">${t.subject}</span> ${maskText(examination.subject, secrets)}</p>
      ${bodies.slice(0, maxPlaces).map(
        (place) =>
          html`<details class="place">
            <summary>${place.where}</summary>
            <div class="mail">
              <ol>
                ${place.lines.slice(0, maxLines).map(lineItem)}
              </ol>
            </div>
            ${place.cut || place.lines.length > maxLines ? html`<p class="sub body">${t.cut}</p>` : ''}
          </details>`,
      )}
    </section>`;
}

/** A place in the viewer's language: the outside interface's `text`, `header:to`, `attachment:…` are for scripts. */
function placeName(where: string, t: Texts): string {
  const [kind = '', ...rest] = where.split(':');
  const name = t.placeNames[kind];
  if (name === undefined) return where;
  return rest.length === 0 ? name : `${name} ${rest.join(':')}`;
}

function placesOf(examination: Examination, secrets: Secrets, t: Texts): readonly Place[] {
  const bySegment = Map.groupBy(examination.findings, ({ segment }) => segment);
  return examination.segments.map((segment, index) => {
    const own = bySegment.get(index) ?? [];
    const pieces = piecesOf(segment.text, own, secrets);
    const lines = linesOf(pieces);
    const hits = pieces.filter(({ marked }) => marked).length;
    return {
      where: maskText(placeName(segment.where, t), secrets),
      hidden: segment.hidden,
      lines,
      hits,
      isBody: segment.location.in === 'body',
      cut: segment.text.length > maxCharacters,
    };
  });
}

/** Pieces cut at line ends, numbered from 1. A masked value that ran over a line end is one piece and so stays whole. */
function linesOf(pieces: readonly Piece[]): readonly Line[] {
  const lines: Piece[][] = [[]];
  let characters = 0;
  for (const piece of pieces) {
    characters += piece.text.length;
    if (characters > maxCharacters) break;
    const [first = '', ...rest] = piece.text.split('\n');
    lines.at(-1)?.push({ ...piece, text: first });
    for (const text of rest) lines.push([{ ...piece, text }]);
  }
  return lines.map((line, index) => ({ number: index + 1, pieces: line, hit: line.some(({ marked }) => marked) }));
}

function placeDetails(place: Place, open: boolean, t: Texts): Html {
  const shown = place.lines
    .filter((line, index) => line.hit || place.lines[index - 1]?.hit === true || place.lines[index + 1]?.hit === true)
    .slice(0, maxLines);
  const items = shown.map((line, index) => {
    const skipped = line.number - (shown[index - 1]?.number ?? 0) - 1;
    return html`${skipped > 0 ? html`<li class="gap"><span>${t.lines(skipped)}</span></li>` : ''}${lineItem(line)}`;
  });
  return html`<details class="place" ${open ? raw('open') : ''}>
    <summary>
      ${place.where}
      <span class="tag">${t.items(place.hits)}</span>${place.hidden ? html` <span class="tag bad">${t.hiddenPlace}</span>` : ''}
    </summary>
    <div class="mail">
      <ol>
        ${items}
      </ol>
    </div>
  </details>`;
}

const lineItem = (line: Line): Html =>
  html`<li class="${line.hit ? 'hit' : ''}" value="${line.number}" data-line="${line.number}">
    <span>${line.pieces.map(({ text, marked }) => (marked ? html`<mark>${text}</mark>` : text))}</span>
  </li>`;
