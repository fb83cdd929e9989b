import { isMap, isNode, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import type { Problem } from './problem.ts';
import { err, ok, type Result } from './result.ts';
import { findSyntaxError } from './yaml-syntax.ts';

export type Step = string | number;
export type Place = { readonly line: number; readonly column: number };

/** A YAML file (1.2, so JSON too) as plain data, and where in the file each value stands. */
export type YamlFile = {
  readonly path: string;
  readonly value: unknown;
  /** Where the value at `path` begins (its key, with `of: 'key'`); null when the file does not hold it. */
  readonly placeOf: (path: readonly Step[], of?: 'key' | 'value') => Place | null;
  /** The same for the nearest value above it that the file holds: a missing key is missed in its parent. */
  readonly nearestPlaceOf: (path: readonly Step[]) => Place;
};

/** An error of syntax (a doubled key is one) names its line and column; only the first is told. */
export function readYaml(path: string, text: string): Result<YamlFile, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const at = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const wrong = findSyntaxError(document, text);
  if (wrong !== null) return err([{ file: path, ...at(wrong.at), message: wrong.message }]);
  let value: unknown;
  try {
    value = document.toJS();
  } catch {
    // An alias that stands for too much of the file (a "billion laughs") is refused by the library.
    return err([{ file: path, line: 1, column: 1, message: 'not usable YAML: its aliases stand for too much text; write the values out' }]);
  }
  const placeOf: YamlFile['placeOf'] = (steps, of = 'value') => {
    const offset = offsetOf(document, steps, of);
    return offset === null ? null : at(offset);
  };
  return ok({
    path,
    value,
    placeOf,
    nearestPlaceOf(steps) {
      for (let length = steps.length; length > 0; length -= 1) {
        const place = placeOf(steps.slice(0, length));
        if (place !== null) return place;
      }
      return placeOf([]) ?? { line: 1, column: 1 };
    },
  });
}

function offsetOf(document: Document, path: readonly Step[], of: 'key' | 'value'): number | null {
  const parent: unknown = path.length < 2 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === path.at(-1)) : undefined;
  if (of === 'key') return isScalar(pair?.key) ? (pair.key.range?.[0] ?? null) : null;
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  return isNode(node) ? (node.range?.[0] ?? null) : null;
}
