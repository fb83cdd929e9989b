import type { Organisation } from '../core/index.ts';
import { parseMailbox, type Address } from '../message/index.ts';
import type { Approver } from '../policy/index.ts';
import { isOwnMail } from '../quarantine/index.ts';
import type { Store } from './ports.ts';
import type { User } from './users.ts';

/** Who is to decide: the approvers of a department ('' of no department), or one of them by account e-mail. */
export type Route = { readonly department: string; readonly approver: string | null };

/**
 * Where the policy sends a mail of these senders. A person who is no active approver, or a sender himself, would leave it to nobody: then it goes
 * the usual way, to the approvers of the sender's department.
 */
export async function routeApproval(
  asked: Approver | null,
  owners: readonly string[],
  organisation: Organisation,
  store: Pick<Store, 'user'>,
): Promise<Route> {
  const sender = organisation.staff.find((member) => owners.includes(member.email.toLowerCase()));
  const usual: Route = { department: sender?.department ?? '', approver: null };
  if (asked === null) return usual;
  if (typeof asked === 'object' && 'department' in asked) return { department: asked.department, approver: null };
  const email = asked === 'sender_manager' ? (sender?.managerEmail ?? null) : asked.user;
  if (email === null || isOwnMail({ ownAddresses: owners }, email)) return usual;
  const user = await store.user(email.toLowerCase());
  return user !== null && isActiveApprover(user) ? { ...usual, approver: user.email } : usual;
}

const isActiveApprover = ({ role, disabled }: User): boolean => role === 'approver' && !disabled;

/** Whom a notice about such a mail goes to: the person, else the department's approvers, else those of all departments. Never a sender of it. */
export async function peopleOf(
  { department, approver }: Route,
  owners: readonly string[],
  store: Pick<Store, 'users'>,
): Promise<readonly Address[]> {
  const others = (await store.users()).filter((user) => isActiveApprover(user) && !isOwnMail({ ownAddresses: owners }, user.email));
  const named = others.filter(({ email }) => email === approver);
  const ofDepartment = others.filter((user) => user.department === department);
  const ofAll = others.filter((user) => user.department === null);
  const people = [named, ofDepartment, ofAll].find((some) => some.length > 0) ?? [];
  return people.flatMap(({ email }) => parseMailbox(email) ?? []);
}
