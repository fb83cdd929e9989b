import { unusableValues, type ChunkBuilder, type IndexChunk } from '../../match/index.ts';
import { columnOfCell, readRows, toRecord, type PieceWork, type RowProblem } from './read-rows.ts';

export type HashedPiece = {
  readonly chunk: IndexChunk;
  readonly problems: readonly RowProblem[];
  /** Rows left out. */
  readonly refused: number;
};

/** The rows of a piece, hashed: nothing of the text stays but what is going to be sealed. */
export function hashPiece({ piece, encoding, shape }: PieceWork, builder: ChunkBuilder): HashedPiece {
  const problems: RowProblem[] = [];
  let refused = 0;
  const refuse = (problem: RowProblem): void => {
    refused += 1;
    problems.push(problem);
  };
  for (const row of readRows(piece, encoding, refuse)) {
    const record = toRecord(row, shape);
    if ('message' in record) {
      refuse(record);
      continue;
    }
    for (const field of unusableValues(builder.add(record, row.line), record))
      problems.push({
        line: row.line,
        column: columnOfCell(row, shape.places[field]),
        message: `the ${nameOfField(field)} cannot be read; the cell is not used`,
      });
  }
  return { chunk: builder.finish(), problems, refused };
}

/** postalCode → postal_code: as columns are called in the configuration. */
const nameOfField = (field: string): string => field.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
