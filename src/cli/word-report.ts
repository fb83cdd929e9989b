import type { ScanReport } from './scan-report.ts';

const verdicts: Readonly<Record<string, string>> = {
  deliver: '送信 / deliver',
  delay: '時間をおいて送信 / delay',
  hold: '保留 / hold',
  reject: '送信者に返送 / reject',
};
/** Of one policy's reasons, how many are shown in full. */
const mostAlike = 3;
const mostPlaces = 5;

/** A report for people: what would happen, why, what would let it pass; then recipients, whose data, findings, versions. */
export function wordReport(report: ScanReport): string {
  const lines = [verdicts[report.verdict] ?? report.verdict, `  ${report.explanation.ja}`, `  ${report.explanation.en}`];
  lines.push(...wordReasons(report.reasons, ''));
  lines.push(
    ...wordReasons(
      report.noted.filter(({ mode }) => mode !== 'monitor'),
      '',
    ),
  );
  lines.push(
    ...wordReasons(
      report.noted.filter(({ mode }) => mode === 'monitor'),
      '記録のみ / only recorded: ',
    ),
  );
  lines.push('', '宛先 / recipients');
  for (const { address, kind, customer, verdict, explanation } of report.recipients) {
    lines.push(`  ${address}  ${kind}${customer === null ? '' : ` ${customer}`}  ${verdict}`);
    for (const [index, line] of explanation.ja.entries()) lines.push(`    ${line} / ${explanation.en[index] ?? ''}`);
  }
  if (report.about.length > 0) lines.push('', 'だれの情報か / about');
  for (const { customer, strength, evidence } of report.about) lines.push(`  ${customer}  ${strength}  ${evidence.join(', ')}`);
  lines.push('', `見つかった情報 / findings: ${report.findings.length}`);
  for (const finding of report.findings) lines.push(...wordFinding(finding));
  for (const { where, reason } of report.unscannable) lines.push(`  読めません / not readable: ${where} (${reason})`);
  lines.push('', `rules ${report.rule_set}, policies ${report.policy_set}, ${report.took_ms} ms`);
  return lines.join('\n');
}

type Shown = ScanReport['noted'][number] | ScanReport['reasons'][number];

/** A list of three hundred persons gives three hundred reasons of one policy: the first few say it. */
function wordReasons(reasons: readonly Shown[], before: string): readonly string[] {
  return [...Map.groupBy(reasons, ({ policy }) => policy).values()].flatMap((alike) => {
    const more = alike.slice(mostAlike);
    const named = [...new Set(more.flatMap(({ customers }) => customers))].join(', ');
    return [
      ...alike.slice(0, mostAlike).flatMap((reason) => wordReason(reason, before)),
      ...(more.length === 0
        ? []
        : ['', `  同じ理由がほか${more.length}件 / ${more.length} more of this kind${named === '' ? '' : `: ${named}`}`]),
    ];
  });
}

function wordReason(reason: Shown, before: string): readonly string[] {
  const { where } = reason;
  const more = where.length > mostPlaces ? ` … ほか / and ${where.length - mostPlaces} more` : '';
  return [
    '',
    `■ ${before}${reason.code} (${reason.severity}) ${reason.title.ja} / ${reason.title.en}`,
    `  ${reason.message.ja}`,
    `  ${reason.message.en}`,
    ...(where.length === 0 ? [] : [`  場所 / where: ${where.slice(0, mostPlaces).join(', ')}${more}`]),
    `  ルール / policy: ${reason.policy}, version ${reason.policy_version}, action ${reason.action}`,
  ];
}

function wordFinding(finding: ScanReport['findings'][number]): readonly string[] {
  const text = finding.text === undefined ? '' : `  ${finding.text.replaceAll(/\s+/g, ' ')}`;
  const place = `${finding.where} ${finding.start}-${finding.end}`;
  return [`  ${finding.type}  ${place}  ${finding.owner}  ${finding.confidence}${text}`, `    ${wordGrounds(finding)}`];
}

const groundNames: Readonly<Record<string, string>> = {
  pattern: '形 pattern',
  'check-digit': '検査数字 check digit',
  'context-word': '語 word',
  model: '名前モデル name model',
  'column-header': '見出し header',
  dictionary: '名前の辞書 list of names',
  gazetteer: '地名 gazetteer',
  layout: '配置 layout',
  'seen-elsewhere': '他の箇所 seen elsewhere',
};

/** The rule and what raised the finding: `└ my-number: 形 pattern grouped + 検査数字 check digit + 語 word マイナンバー`. */
function wordGrounds({ rule, evidence }: ScanReport['findings'][number]): string {
  const grounds = evidence.map(({ kind, name }) => `${groundNames[kind] ?? kind}${name === undefined ? '' : ` ${name}`}`);
  return `└ ${rule}: ${grounds.join(' + ')}`;
}
