// The last step of `npm run build`: what the code reads beside itself goes along into dist/.
import { cpSync } from 'node:fs';

for (const folder of ['web/ui/assets', 'cli/demo/samples']) cpSync(`src/${folder}`, `dist/${folder}`, { recursive: true });
