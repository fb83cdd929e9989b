// Exact data match: detections + customer index → whom the content is about, whose each detection is, who each recipient is.
export type { CustomerLabel, CustomerRecord, Owner, RecipientKind, Strength } from './customer.ts';
