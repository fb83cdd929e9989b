// The pipeline, left to right. A folder may import only folders to its left, so the import graph and the data flow are one picture.
const line = [
  'core',
  'message',
  'extract',
  'normalize',
  'detect',
  'match',
  'policy',
  'inspect',
  'quarantine',
  'delivery',
  'audit',
  'gateway',
  'adapters',
  'smtpd',
  'web',
  'config',
  'cli',
];
const pure = line.slice(0, line.indexOf('gateway'));
const any = (names) => `^src/(${names.join('|')})/`;
// main.ts wires the process, inspect-worker.ts a worker thread of it, extract-child.ts the extractor's child process.
const roots = '^src/(main|inspect-worker|extract-child)[.]ts$';

const leftToRight = line.slice(0, -1).map((name, i) => ({
  name: `${name}-imports-only-leftwards`,
  severity: 'error',
  comment: `Data flows ${line.join(' → ')}; importing from the right makes it flow back.`,
  from: { path: `^src/${name}/` },
  to: { path: [any(line.slice(i + 1)), roots] },
}));

export default {
  forbidden: [
    ...leftToRight,
    { name: 'no-circular', severity: 'error', comment: 'A reader must be able to start somewhere.', from: {}, to: { circular: true } },
    {
      name: 'through-the-door',
      severity: 'error',
      comment: 'A folder is entered by its index.ts; what that does not export is private.',
      from: { path: '^src/([^/]+)/' },
      to: { path: '^src/[^/]+/', pathNot: ['^src/$1/', '^src/[^/]+/index[.]ts$', '^src/adapters/[^/]+/index[.]ts$'] },
    },
    {
      name: 'not-through-own-door',
      severity: 'error',
      comment: 'Inside, name the file.',
      from: { path: '^src/([^/]+)/(?!index[.]ts$)' },
      to: { path: '^src/$1/index[.]ts$' },
    },
    {
      name: 'pure-has-no-io',
      severity: 'error',
      comment: 'The inspector must give the same answer anywhere: no disk, no network, no clock, no processes.',
      from: { path: any(pure) },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(crypto|buffer|util|string_decoder|zlib|stream|stream/promises|assert)$' },
    },
    {
      name: 'pure-has-few-packages',
      severity: 'error',
      comment: 'Each package in the pipeline reads hostile bytes: it is chosen, not picked up.',
      from: { path: any(pure) },
      to: {
        dependencyTypes: ['npm'],
        pathNot: 'node_modules/(re2|mailparser|zod|yaml|parse5|saxes|yauzl|@e965/xlsx|pdfjs-dist|file-type|csv-parse|entities)/',
      },
    },
    {
      name: 'packages-of-an-adapter-stay-in-it',
      severity: 'error',
      comment: 'The gateway knows ports, not products.',
      from: { path: '^src/', pathNot: '^src/(adapters|smtpd|web)/' },
      to: { path: 'node_modules/(nodemailer|smtp-server|pino|prom-client|hono|@hono|pg)/' },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      comment: 'main wires them.',
      from: { path: '^src/adapters/([^/]+)/' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/$1/' },
    },
    {
      name: 'endpoints-do-not-know-each-other-nor-adapters',
      severity: 'error',
      comment: 'They speak to the gateway.',
      from: { path: '^src/(smtpd|web)/' },
      to: { path: '^src/(smtpd|web|adapters)/', pathNot: '^src/$1/' },
    },
    {
      name: 'only-roots-wire',
      severity: 'error',
      comment: 'One place to see what runs with what.',
      from: { path: '^src/', pathNot: ['^src/(adapters|config|cli)/', roots] },
      to: { path: '^src/adapters/' },
    },
    {
      name: 'src-not-to-test',
      severity: 'error',
      comment: 'Tests read the product, not the reverse.',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-dev-dep',
      severity: 'error',
      comment: 'It would be missing in production.',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', comment: 'A typing error in an import.', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Dead code.',
      from: { orphan: true, pathNot: '[.]d[.]ts$|^src/web/ui/assets/' },
      to: {},
    },
  ],
  options: {
    tsPreCompilationDeps: true, // type imports count: the diagram is of what a reader must know
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default'] },
    reporterOptions: { mermaid: { minify: false } },
  },
};
