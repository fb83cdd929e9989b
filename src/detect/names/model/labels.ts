/** What the model says of a character: outside, a name's first, inner, last or only character, or part of another entity (place, firm, product). */
export const labels = { outside: 0, begin: 1, inside: 2, end: 3, single: 4, other: 5 } as const;
export const labelCount = 6;

const isOpen = (label: number): boolean => label === labels.begin || label === labels.inside;
const isContinuing = (label: number): boolean => label === labels.inside || label === labels.end;

const following = Uint8Array.from({ length: labelCount * labelCount }, (_, index) =>
  isOpen(Math.floor(index / labelCount)) === isContinuing(index % labelCount) ? 1 : 0,
);

/** A name that is begun goes on until its end, and nothing else does. */
export const mayFollow = (before: number, label: number): boolean => following[before * labelCount + label] === 1;
export const mayStart = (label: number): boolean => !isContinuing(label);
export const mayEnd = (label: number): boolean => !isOpen(label);
