import type { Facts } from '../match/index.ts';
import type { Address } from '../message/index.ts';
import { groundsOf } from './conditions.ts';
import { asksForReasons, evaluate, type Fired, type Hit } from './evaluate.ts';
import type { Policy, PolicySet, PolicySettings } from './policy.ts';
import type { Disposition, Exception, Reason, ReasonAction, ReasonCode, Severity, Verdict } from './verdict.ts';

/** Places kept of one reason. */
const maxPlaces = 200;
const weight: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1 };
/** The strictest wins. */
const strictness: Readonly<Record<Disposition, number>> = { reject: 3, hold: 2, delay: 1, deliver: 0 };

/** The verdict on a mail: every reason, per recipient, and the whole (what the strictest says of anybody). A total function of its arguments. */
export function decide(facts: Facts, policies: PolicySet, settings: PolicySettings): Verdict {
  const { reasons, exceptions } = judge(facts, policies, settings);
  const dispositionOf = (address: Address): Disposition =>
    strictest(reasons.filter(({ recipients }) => recipients.includes(address)).map(dispositionBy));
  const recipients = facts.recipients.map(({ address, kind, customer }) => ({ address, kind, customer, verdict: dispositionOf(address) }));
  const holding = reasons.filter((reason) => reason.holds);
  const delays = reasons.flatMap((reason) => (dispositionBy(reason) === 'delay' ? [reason.delayMinutes ?? 0] : []));
  const worst = holding[0] ?? null;
  return {
    disposition: strictest(reasons.map(dispositionBy)),
    severity: worst?.severity ?? null,
    // One reason that needs an approver sends the whole mail to one.
    phase: worst === null ? null : holding.every((reason) => reason.phase === 'self_check') ? 'self_check' : 'approval',
    approver: holding.find(({ action }) => action === 'hold')?.approver ?? null,
    delayMinutes: delays.length === 0 ? null : Math.max(...delays),
    reasons,
    exceptions,
    recipients,
    policyVersion: policies.version,
  };
}

function dispositionBy({ action, mode }: Reason): Disposition {
  return mode === 'monitor' || action === 'notify' || action === 'tag' ? 'deliver' : action;
}

const strictest = (all: readonly Disposition[]): Disposition =>
  all.reduce<Disposition>((worst, one) => (strictness[one] > strictness[worst] ? one : worst), 'deliver');

/** Every policy in its order: exceptions take recipients from what comes after them; conditions on reasons are judged when the others have spoken. */
function judge(
  facts: Facts,
  { policies }: PolicySet,
  settings: PolicySettings,
): { readonly reasons: readonly Reason[]; readonly exceptions: readonly Exception[] } {
  const reasons: Reason[] = [];
  const passes = exceptionsOf(facts, policies, settings);
  const speak = (policy: Policy, fired: readonly Fired[]): void => {
    for (const hit of evaluate(policy, facts, settings, fired)) {
      const recipients = hit.recipients.filter((address) => !passes.some((pass) => pass.take(policy, address)));
      if (recipients.length > 0) reasons.push(reasonOf(policy, { ...hit, recipients }, facts));
    }
  };
  const active = policies.filter(({ action }) => action !== 'off' && action !== 'deliver');
  for (const policy of active.filter((one) => !asksForReasons(one))) speak(policy, []);
  const fired = reasons.flatMap(({ code, severity, recipients }) => recipients.map((recipient) => ({ recipient, code, severity })));
  for (const policy of active.filter(asksForReasons)) speak(policy, fired);
  return {
    reasons: reasons.toSorted(
      (a, b) =>
        Number(b.holds) - Number(a.holds) ||
        strictness[dispositionBy(b)] - strictness[dispositionBy(a)] ||
        weight[b.severity] - weight[a.severity] ||
        // A mistyped address explains what else is said of it: data to somebody unknown, a greeting that does not fit.
        Number(b.code === 'lookalike_address') - Number(a.code === 'lookalike_address'),
    ),
    exceptions: passes.flatMap((pass) => pass.used() ?? []),
  };
}

type Pass = { take(policy: Policy, address: Address): boolean; used(): Exception | null };

/** What the `deliver` policies let pass, each remembering for whom it was needed. An exception on trial (`mode: monitor`) lets nothing pass. */
function exceptionsOf(facts: Facts, policies: readonly Policy[], settings: PolicySettings): readonly Pass[] {
  return policies.flatMap((exception, rank): readonly Pass[] => {
    if (exception.action !== 'deliver' || exception.mode === 'monitor') return [];
    const free = new Set(evaluate(exception, facts, settings, []).flatMap(({ recipients }) => recipients));
    const recipients = new Set<Address>();
    const codes = new Set<ReasonCode>();
    return [
      {
        take(policy, address) {
          const { reasons } = exception.when;
          const covered = !policy.final && policies.indexOf(policy) > rank && (reasons === undefined || reasons.includes(policy.reason));
          if (!covered || !free.has(address)) return false;
          recipients.add(address);
          codes.add(policy.reason);
          return true;
        },
        used: () => (codes.size === 0 ? null : { ...nameOf(exception), recipients: [...recipients], codes: [...codes] }),
      },
    ];
  });
}

const nameOf = ({ id, version, title }: Policy): Pick<Exception, 'policy' | 'version' | 'title'> => ({ policy: id, version, title });

function reasonOf(policy: Policy, hit: Hit, facts: Facts): Reason {
  const action = actionOf(policy, facts);
  const mode = policy.action === 'monitor' ? 'monitor' : policy.mode;
  return {
    ...nameOf(policy),
    code: policy.reason,
    severity: hit.severity ?? policy.severity,
    phase: policy.phase,
    action,
    mode,
    holds: mode === 'enforce' && (action === 'hold' || action === 'reject'),
    delayMinutes: action === 'delay' ? (policy.delay_minutes ?? null) : null,
    approver: policy.approver ?? null,
    recipients: hit.recipients,
    customers: hit.customers,
    evidence: hit.places.slice(0, maxPlaces),
    types: hit.types,
    count: hit.count,
    parties: hit.parties,
    suggestion: hit.suggestion,
    onlyQuoted: hit.onlyQuoted,
    grounds: groundsOf(policy.when),
  };
}

/** A mail from the null reverse path cannot be given back: what would be rejected waits for a person instead of vanishing. */
function actionOf({ action }: Policy, { sender }: Facts): ReasonAction {
  if (action === 'reject' && sender.returnTo === null) return 'hold';
  return action === 'delay' || action === 'notify' || action === 'tag' || action === 'reject' ? action : 'hold';
}
