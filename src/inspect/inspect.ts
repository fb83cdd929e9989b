import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import type { Organisation } from '../core/index.ts';
import {
  detect,
  reportableConfidence,
  type Detection,
  type DetectionLists,
  type Lexicon,
  type NameModel,
  type RuleSet,
} from '../detect/index.ts';
import {
  cellAt,
  defaultLimits,
  extract,
  whereOf,
  type BinaryReader,
  type Extraction,
  type FileNode,
  type Location,
  type TextSegment,
} from '../extract/index.ts';
import {
  canonicalCompany,
  gatherFacts,
  gatherMailFacts,
  type ContentFacts,
  type CustomerIndex,
  type Facts,
  type Matched,
} from '../match/index.ts';
import { findDisagreement, parseMessage, type Envelope, type ParsedMessage } from '../message/index.ts';
import { decide, type About, type PolicySet, type PolicySettings } from '../policy/index.ts';
import type { Because, Examination, Finding, Inspection, ShownFinding } from './inspection.ts';

export type InspectInput = { readonly envelope: Envelope; readonly bytes: Uint8Array };

/** All that a verdict depends on beside the mail. */
export type Snapshot = {
  readonly ruleSet: RuleSet;
  readonly policies: PolicySet;
  readonly settings: PolicySettings;
  readonly organisation: Organisation;
  readonly customers: CustomerIndex;
  readonly lists: DetectionLists;
  readonly nameModel: NameModel;
  /** 0..1, see `Lexicon`. */
  readonly nameThreshold: number;
  /** RE2 of the site's customer ids; null when it has none. */
  readonly idPattern: string | null;
  /** Keys fingerprints. */
  readonly key: Uint8Array;
};
export type Tools = { readonly readBinary: BinaryReader };

type Read = {
  readonly message: ParsedMessage;
  readonly extraction: Extraction;
  readonly matched: Matched;
  readonly inspection: Inspection;
  readonly findings: readonly (Finding & { readonly detection: Detection })[];
};

/** Bytes + envelope + snapshot → verdict and findings without any text of the mail (invariants I5, I7). */
export async function inspect(input: InspectInput, snapshot: Snapshot, tools: Tools): Promise<Inspection> {
  return (await read(input, snapshot, tools)).inspection;
}

/** The same, with the text, for a person who may see it. */
export async function examine(input: InspectInput, snapshot: Snapshot, tools: Tools): Promise<Examination> {
  const { message, extraction, inspection, findings } = await read(input, snapshot, tools);
  const { segments, files, unscannable } = extraction;
  return {
    inspection,
    subject: message.headers.find((header) => header.name === 'subject')?.value ?? '',
    participants: message.participants,
    segments: segments.map((segment) => ({ ...segment, where: whereOf(segment.location, files, segment.label) })),
    findings: findings.map((finding) => show(finding, segments, files)),
    files,
    unscannable: unscannable.map((part) => ({ ...part, where: whereOf({ in: 'text', part: part.part }, files) })),
  };
}

async function read({ envelope, bytes }: InspectInput, snapshot: Snapshot, tools: Tools): Promise<Read> {
  const message = parseMessage(bytes);
  const disagreement = await findDisagreement(bytes, message);
  const extraction = await extract(message, { readBinary: tools.readBinary, limits: defaultLimits });
  const matched = gatherFacts(
    {
      envelope,
      participants: message.participants,
      extraction,
      ...detect(extraction.segments, snapshot, lexiconOf(snapshot)),
      isAmbiguous: disagreement.length > 0,
    },
    snapshot,
  );
  const recorded = new Set(
    matched.about.flatMap(({ strength, items }) => (strength === 'strong' ? items.map((item) => item.detection) : [])),
  );
  const findings = matched.detections.flatMap((found, index) => {
    const segment = extraction.segments[found.segment];
    const detection = recorded.has(found) && found.confidence < recordedConfidence ? { ...found, confidence: recordedConfidence } : found;
    if (segment === undefined || detection.confidence < reportableConfidence || isOwnHeader(segment)) return [];
    return [{ ...findingOf(detection, segment, snapshot), owner: matched.owners[index] ?? 'third_party', detection }];
  });
  const { files, unscannable } = extraction;
  const mail = gatherMailFacts({ envelope, message, size: bytes.length, files, unscannable }, snapshot.organisation);
  const facts = withoutAllowed({ ...matched.facts, ...mail, contents: contentsOf(findings) }, files, snapshot.settings);
  const inspection: Inspection = {
    message: envelope.id,
    verdict: decide(facts, snapshot.policies, snapshot.settings),
    about: aboutOf(matched),
    findings: findings.slice(0, maxFindings).map(({ detection: _detection, ...finding }) => finding),
    unscannable,
    noText: files.filter((file) => file.state === 'no_text').length,
    defects: message.defects.length + extraction.nestedDefects,
    ruleSet: snapshot.ruleSet.version,
    customersVersion: snapshot.customers.version,
  };
  return { message, extraction, matched, inspection, findings };
}

/** Of a date or number without a label that stands in the record of a customer whom the mail is surely about. */
const recordedConfidence = 0.9;

/** What is kept of a mail that is one long list: enough to show, while the reasons carry the counts. */
const maxFindings = 5000;
const maxPlaces = 200;

const staffNames = new WeakMap<Organisation, readonly string[]>();

function staffNamesOf(organisation: Organisation): readonly string[] {
  const known =
    staffNames.get(organisation) ?? organisation.staff.flatMap(({ name, nameKana }) => [name, nameKana]).filter((name) => name !== '');
  staffNames.set(organisation, known);
  return known;
}

const firms = new WeakMap<Organisation, readonly string[]>();

/** Names of the site and its partners. */
function firmsOf(organisation: Organisation): readonly string[] {
  const known =
    firms.get(organisation) ??
    [organisation.name, ...organisation.partners.map(({ name }) => name)].map(canonicalCompany).filter((name) => name !== '');
  firms.set(organisation, known);
  return known;
}

/** 会津若松市 of 会津若松市役所, ミズナラ of ミズナラ情報システム: what a firm is called for short; a surname that begins its name is not enough. */
const isShortFor = (name: string, firm: string): boolean =>
  name === firm || (firm.includes(name) && (name.length >= 4 || (name.length === 3 && /^[ぁ-んァ-ヴー]+$/.test(name))));

const lexiconOf = ({ organisation, customers, idPattern, nameThreshold }: Snapshot): Lexicon => ({
  staffNames: staffNamesOf(organisation),
  customerIdPattern: idPattern,
  nameThreshold,
  isCustomerName: (name) => customers.rows('name', name, 1).length > 0,
  isFirm: (name) =>
    customers.rows('company', canonicalCompany(name), 1).length > 0 ||
    firmsOf(organisation).some((firm) => isShortFor(name, firm) || (firm.length >= 4 && name.startsWith(firm))),
  isCustomerId: (id) => customers.rows('id', id).length > 0,
});

/** Own contacts and signatures are no personal data that a policy asks about. */
function contentsOf(findings: readonly Finding[]): readonly ContentFacts[] {
  const byType = Map.groupBy(
    findings.filter(({ owner }) => owner !== 'organisation' && owner !== 'own_staff'),
    ({ type }) => type,
  );
  return [...byType].map(([type, found]) => ({
    type,
    count: new Set(found.map(({ fingerprint }) => fingerprint)).size,
    places: found.slice(0, maxPlaces).map(({ location }) => location),
  }));
}

/** policy.allow_types: what the site lets pass unread. */
function withoutAllowed(facts: Facts, files: readonly FileNode[], settings: PolicySettings): Facts {
  if (settings.allowTypes.length === 0) return facts;
  const allowed = new Set(files.filter((file) => settings.allowTypes.includes(file.type)).map((file) => file.path));
  return { ...facts, unscannable: facts.unscannable.filter(({ part }) => !allowed.has(part)) };
}

/** Addresses in the mail's own From, To, Cc are its envelope as people see it, not its content. */
const isOwnHeader = ({ location }: TextSegment): boolean => location.in === 'header' && location.part === '' && location.name !== 'subject';

const secrets = new WeakMap<Uint8Array, KeyObject>();

/** Bytes are made a key once: with them alone each of a mail's findings takes 27 µs instead of 4. */
function secretOf(key: Uint8Array): KeyObject {
  const secret = secrets.get(key) ?? createSecretKey(key);
  secrets.set(key, secret);
  return secret;
}

function findingOf(detection: Detection, segment: TextSegment, { key }: Snapshot): Omit<Finding, 'owner'> {
  const cell = segment.grid === null ? null : cellAt(segment.grid, detection.start);
  const offset = cell?.start ?? 0;
  const location: Location =
    segment.location.in === 'sheet' && cell !== null ? { ...segment.location, row: cell.row, column: cell.column } : segment.location;
  return {
    type: detection.type,
    rule: detection.rule,
    location,
    start: detection.start - offset,
    end: detection.end - offset,
    confidence: detection.confidence,
    fingerprint: createHmac('sha256', secretOf(key))
      .update(`${detection.type}\u0000${detection.canonical}`)
      .digest('base64url')
      .slice(0, 16),
  };
}

function aboutOf({ facts }: Matched): About[] {
  return facts.subjects.flatMap(({ customers, strength, types, places, mayReceive }) =>
    customers.map((customer): About => ({ customer, strength, evidence: types, places: places.slice(0, maxPlaces), mayReceive })),
  );
}

function show(
  { detection, ...finding }: Finding & { readonly detection: Detection },
  segments: readonly TextSegment[],
  files: readonly FileNode[],
): ShownFinding {
  const segment = segments[detection.segment];
  return {
    ...finding,
    segment: detection.segment,
    segmentStart: detection.start,
    segmentEnd: detection.end,
    text: segment?.text.slice(detection.start, detection.end) ?? '',
    where: whereOf(finding.location, files, segment?.label ?? null),
    because: groundsOf(detection),
  };
}

function groundsOf({ evidence, because }: Detection): readonly Because[] {
  return evidence.map((kind) => {
    if (kind === 'pattern') return { kind, name: because?.pattern ?? null };
    return { kind, name: kind === 'context-word' || kind === 'column-header' ? (because?.word ?? null) : null };
  });
}
