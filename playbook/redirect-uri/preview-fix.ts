import type { SourceFile } from '../../analysis/source-file.ts';
import type { Project } from '../../project/project.ts';
import type { Finding } from '../finding.ts';
import type { Use } from './ask.ts';
import type { Sent } from './sent.ts';

export function previewFix(_use: Use, _sent: Sent, _file: SourceFile, _project: Project): Pick<Finding, 'unfixable'> {
  return { unfixable: 'the place is not one that an edit can reach' };
}
