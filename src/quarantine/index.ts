// Held mail as a state machine: held → releasing → released | returned | cancelled | expired. Pure: time and actor come in, a new hold comes out.
export { addBusinessMinutes } from './business-time.ts';
export { decideHold, type HoldAction, type HoldRefusal, type HoldRefusalCode } from './decide-hold.ts';
export { holdStates, type HeldRecipient, type Hold, type HoldPhase, type HoldState } from './hold.ts';
export { openHold } from './open-hold.ts';
export { isOwnMail } from './own-mail.ts';
