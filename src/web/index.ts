// People and scripts: the review pages and the API over HTTP. Decides nothing itself; `Review` does.
export { proposalJson } from './api/json.ts';
export { hashPassword, verifyPassword } from './auth/password.ts';
export { newToken } from './auth/secret.ts';
export { createWeb, type Web } from './create-web.ts';
export { styleSheet } from './ui/assets.ts';
export { visible } from './ui/format.ts';
export { reasonTexts, severityTexts, typeTexts } from './ui/word-lists.ts';
