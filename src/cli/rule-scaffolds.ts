/** A detector that loads and passes its own examples. */
export const detectorScaffold = (id: string): string => `# A detector: what to look for, what must stand beside it, and proof that it works.
id: ${id}
version: 1
title: { ja: TODO 社員番号, en: TODO Employee number } # what people read
entity: ${id.replaceAll('-', '_')} # the type that policies name
maturity: stable
patterns:
  - name: plain
    regex: 'E[0-9]{6}'
    boundary: alnum
    confidence: 0.5
context:
  words: [社員番号, 従業員番号]
  within: 20
  raises_to: 0.95
examples:
  match:
    - 社員番号：E123456
    - 従業員番号 E000001 の件
    - '社員番号 E654321'
  no_match:
    - 部品 XE123456
    - 社員番号 E12345
    - 社員番号はありません
`;

/** A policy that loads and passes its own examples; `mode: monitor`, so that it only records until somebody has seen what it finds. */
export const policyScaffold = (id: string): string => `# A policy: which mail it is about, what happens to it, and proof that it means that.
id: ${id}
version: 1
title: { ja: TODO 夜間の社外メール, en: TODO Mail to the outside at night } # what people read
reason: site.${id.replaceAll('-', '_')}
severity: low
action: delay
delay_minutes: 10
mode: monitor # take this line out to put it in force
when:
  recipient: external
  schedule:
    hours: { from: "22:00", to: "06:00" }
examples:
  - about: to a customer at eleven in the evening
    fires: true
    facts: { receivedAt: "2026-11-25T23:00+09:00" }
  - about: to a customer at noon
    fires: false
    facts: { receivedAt: "2026-11-25T12:00+09:00" }
`;
