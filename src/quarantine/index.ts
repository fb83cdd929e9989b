// Held mail as a state machine: held → releasing → released | returned | cancelled | expired. Pure: time and actor come in, a new hold comes out.
export { holdStates, type HeldRecipient, type Hold, type HoldPhase, type HoldState } from './hold.ts';
