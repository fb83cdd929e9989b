import type { Detection } from './detection.ts';

/** Below this a detection is a candidate: evidence when it meets a customer's record, but no finding by itself. */
export const reportableConfidence = 0.5;

/**
 * Of detections that share text the better one stays: an e-mail address before all, then findings before candidates, then the surer, then the
 * longer. A postal code may stand inside an address. The result is in order of segment and start.
 */
export function resolveOverlaps(detections: readonly Detection[]): readonly Detection[] {
  const kept: Detection[] = [];
  const bySegment = new Map<number, Detection[]>();
  for (const detection of detections) {
    const group = bySegment.get(detection.segment);
    if (group === undefined) bySegment.set(detection.segment, [detection]);
    else group.push(detection);
  }
  // Never spread into a call: a list of 100,000 rows would overflow the stack.
  for (const group of bySegment.values()) for (const detection of resolveSegment(group)) kept.push(detection);
  return kept;
}

function resolveSegment(detections: Detection[]): readonly Detection[] {
  const inOrder = detections.toSorted((a, b) => a.start - b.start || b.end - a.end);
  // Detections of one cluster overlap in a chain; clusters are small, so the pairwise comparison stays linear in the text.
  const kept: Detection[] = [];
  let cluster: Detection[] = [];
  let reach = -1;
  for (const detection of inOrder) {
    if (detection.start >= reach) {
      kept.push(...resolveCluster(cluster));
      cluster = [];
    }
    cluster.push(detection);
    reach = Math.max(reach, detection.end);
  }
  kept.push(...resolveCluster(cluster));
  return kept;
}

function resolveCluster(cluster: readonly Detection[]): readonly Detection[] {
  if (cluster.length < 2) return cluster;
  const kept: Detection[] = [];
  for (const detection of cluster.toSorted((a, b) => rank(b) - rank(a) || b.end - b.start - (a.end - a.start))) {
    if (!kept.some((better) => overlaps(better, detection) && !coexist(better, detection))) kept.push(detection);
  }
  return kept.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

function rank({ type, confidence }: Detection): number {
  const standing = confidence >= reportableConfidence ? 2 : 0;
  return confidence + standing + (type === 'email' && standing > 0 ? 2 : 0);
}

function overlaps(a: Detection, b: Detection): boolean {
  return a.start < b.end && b.start < a.end;
}

function coexist(a: Detection, b: Detection): boolean {
  return (a.type === 'address' && b.type === 'postal_code') || (a.type === 'postal_code' && b.type === 'address');
}
