// The last step of `npm run build`: what the code reads beside itself goes along into dist/ (or the folder named).
import { cpSync } from 'node:fs';
import { join } from 'node:path';

const out = process.argv[2] ?? 'dist';
for (const folder of ['web/ui/assets', 'cli/demo/samples']) cpSync(join('src', folder), join(out, folder), { recursive: true });
