import type { AddressRefusal, Refusal } from '../gateway/index.ts';

const statuses = {
  not_found: 404,
  own_mail: 403,
  not_allowed: 403,
  already_decided: 409,
  stale_version: 409,
  undo_over: 409,
  body_gone: 409,
  too_late: 409,
  reason_required: 422,
  recipients_required: 422,
  answer_required: 422,
  wrong_answer: 422,
} as const satisfies Record<Refusal['code'], number>;

/** The HTTP status that says the same as the refusal. */
export const statusOf = ({ code }: Refusal): (typeof statuses)[Refusal['code']] => statuses[code];

const addressStatuses = {
  not_found: 404,
  not_allowed: 403,
  own_mail: 403,
  already_decided: 409,
  reason_required: 422,
  list_failed: 503,
} as const satisfies Record<AddressRefusal['code'], number>;

export const addressStatus = ({ code }: Pick<AddressRefusal, 'code'>): (typeof addressStatuses)[AddressRefusal['code']] =>
  addressStatuses[code];
