const text = { type: 'string' };
const id = { name: 'id', in: 'path', required: true, schema: text };
const query = (name: string, schema: object): object => ({ name, in: 'query', schema });
const whole = { type: 'integer' };
const answers = (schema: object): object => ({
  200: { description: 'done', content: { 'application/json': { schema } } },
  401: { $ref: '#/components/responses/Error' },
  403: { $ref: '#/components/responses/Error' },
  404: { $ref: '#/components/responses/Error' },
  409: { $ref: '#/components/responses/Error' },
  422: { $ref: '#/components/responses/Error' },
});
const body = (required: readonly string[], properties: object): object => ({
  required: true,
  content: { 'application/json': { schema: { type: 'object', required, properties } } },
});
const hold = { $ref: '#/components/schemas/Hold' };
const list = (name: string, items: object): object => ({ type: 'object', properties: { [name]: { type: 'array', items } } });

const decideAddress = (summary: string): object => ({
  summary,
  parameters: [id],
  requestBody: body(['reason'], { reason: text, standing: { type: 'string', enum: ['open', 'accepted', 'dismissed'] } }),
  responses: { ...answers({ type: 'object' }), 503: { $ref: '#/components/responses/Error' } },
});

/** The API in OpenAPI 3.1. */
export const openApi = {
  openapi: '3.1.0',
  info: { title: 'Sekisho', version: '1' },
  servers: [{ url: '/api/v1' }],
  security: [{ token: [] }],
  paths: {
    '/holds': {
      get: {
        summary: 'Held mail',
        parameters: [query('state', text), query('limit', whole), query('offset', whole)],
        responses: answers(list('holds', hold)),
      },
    },
    '/holds/{id}': { get: { summary: 'One hold', parameters: [id], responses: answers(hold) } },
    '/holds/{id}/release': {
      post: {
        summary: 'Release; severity high needs recipients and answer',
        parameters: [id],
        requestBody: body(['reason'], { reason: text, recipients: { type: 'array', items: text }, version: whole, answer: text }),
        responses: answers(hold),
      },
    },
    '/holds/{id}/return': {
      post: {
        summary: 'Return to the sender',
        parameters: [id],
        requestBody: body(['reason'], { reason: text, version: whole }),
        responses: answers(hold),
      },
    },
    '/delayed': { get: { summary: 'Mail that a policy has wait, soonest first', responses: answers(list('delayed', { type: 'object' })) } },
    '/delayed/{id}/stop': {
      post: {
        summary: 'Stop a waiting mail: `held` for a decision; `cancelled` when it is your own',
        parameters: [id],
        requestBody: { ...body([], { reason: text }), required: false },
        responses: answers({ type: 'object', properties: { id: text, outcome: text, hold } }),
      },
    },
    '/addresses': {
      get: {
        summary: 'Addresses that releases propose for customer records, and what was decided on them',
        responses: answers(list('proposals', { type: 'object' })),
      },
    },
    '/addresses/export': { get: { summary: 'The accepted addresses as CSV', responses: { 200: { description: 'text/csv' } } } },
    '/addresses/{id}/accept': { post: decideAddress('It counts as registered from now on') },
    '/addresses/{id}/dismiss': { post: decideAddress('It is not proposed again; an accepted one no longer counts') },
    '/messages': {
      get: {
        summary: 'Accepted mail',
        parameters: [query('stage', text), query('from', text), query('limit', whole), query('offset', whole)],
        responses: answers(list('messages', { type: 'object' })),
      },
    },
    '/audit': {
      get: {
        summary: 'Audit records',
        parameters: [query('after', whole), query('message', text), query('limit', whole)],
        responses: answers(list('records', { type: 'object' })),
      },
    },
  },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    responses: {
      Error: {
        description: 'why not',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              properties: {
                error: { type: 'object', properties: { code: text, message: { type: 'object', properties: { ja: text, en: text } } } },
              },
            },
          },
        },
      },
    },
    schemas: {
      Hold: {
        type: 'object',
        properties: {
          id: text,
          state: text,
          phase: text,
          severity: text,
          from: { type: ['string', 'null'] },
          recipients: {
            type: 'array',
            items: { type: 'object', properties: { address: text, verdict: text, decision: { type: ['string', 'null'] } } },
          },
          held_at: text,
          due_at: text,
          expires_at: text,
          reasons: { type: 'array', items: text },
          version: whole,
          about: {
            type: 'array',
            description: 'whom the content is about (one hold only)',
            items: {
              type: 'object',
              properties: {
                customer: text,
                strength: text,
                evidence: { type: 'array', items: text },
                may_receive: { type: 'array', items: text },
              },
            },
          },
          policy_set: { ...text, description: 'version of the policies that judged it (one hold only)' },
          rule_set: { ...text, description: 'version of the detectors (one hold only)' },
          details: {
            type: 'array',
            description: 'the reasons in full, with the policy of each and its explanation (one hold only)',
            items: { type: 'object' },
          },
        },
      },
    },
  },
} as const;
