import { builtInOrigin, type ReplacedRule } from '../core/index.ts';
import type { CompiledPack } from './compile-pack.ts';
import { formatTable } from './terminal.ts';

type Source = {
  readonly file: string;
  readonly origin: string | null;
  readonly extends: string | null;
  readonly replaces: ReplacedRule | null;
};
type Listed = {
  readonly id: string;
  readonly kind: 'detector' | 'policy';
  readonly finds: string;
  readonly state: string;
  readonly title: string;
  readonly origin: string;
  readonly file: string;
  readonly reason?: string;
};

/** `rules list --json`: every rule in force. Policies bear reason, severity, order and version too. */
export function listRules({ ruleSet, policies }: CompiledPack): readonly Listed[] {
  return [
    ...ruleSet.rules.map((rule): Listed => {
      const { id, entity, maturity, title, file } = rule;
      return { id, kind: 'detector', finds: entity, state: maturity, title: title.ja, origin: wordOrigin(id, rule), file };
    }),
    ...policies.policies.map(({ id, reason, severity, action, mode, order, version, title }) => {
      const source = policies.sources.get(id);
      return {
        id,
        kind: 'policy' as const,
        finds: severity,
        state: mode === 'monitor' ? `${action} (monitor)` : action,
        title: title.ja,
        origin: source === undefined ? '' : wordOrigin(id, source),
        file: source?.file ?? '',
        reason,
        severity,
        order,
        version,
      };
    }),
  ];
}

export function tableOfRules(rules: readonly Listed[]): string {
  return formatTable(
    ['ID', 'KIND', 'FINDS', 'STATE', 'ORIGIN', 'TITLE'],
    rules.map(({ id, kind, finds, state, origin, title, reason }) => [
      id,
      kind,
      reason === undefined ? finds : `${reason} ${finds}`,
      state,
      origin,
      title,
    ]),
  );
}

/** `shipped`, `site`, `site, replaces shipped`, `site, extends phone`. */
function wordOrigin(id: string, { origin, extends: from, replaces }: Source): string {
  if (origin === builtInOrigin) return 'shipped';
  if (replaces !== null) return replaces.origin === builtInOrigin ? 'site, replaces shipped' : 'site, replaces site';
  if (from === null) return 'site';
  return from === id ? 'site, extends shipped' : `site, extends ${from}`;
}
