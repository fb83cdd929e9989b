import { html } from 'hono/html';
import type { Severity } from '../../policy/index.ts';
import type { Html } from './layout.ts';
import type { Texts } from './texts.ts';

const risks = { high: 'h', medium: 'm', low: 'l' } as const;
export const riskBadge = (severity: Severity, t: Texts): Html =>
  html`<span class="risk ${risks[severity]}"><span class="vh">${t.risk}</span>${t.severity[severity]}</span>`;
