import { generateManifests, planWrite, type WritePlan } from '../../../language/generate/index.js';
import { type Output, paint, printable } from '../console.js';
import { OutputFolder } from '../output-folder.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';

export interface GenerateOptions {
  readonly out: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
  /** Do nothing, and fail where the folder differs from what the model says. */
  readonly check: boolean;
}

/**
 * `drml generate PATH --out DIR`: writes the manifests of the model. Files changed by hand and files that were there before are left
 * alone and named, and the command ends with 1.
 */
export async function generate(path: string, options: GenerateOptions, output: Output): Promise<ExitCode> {
  const { model } = onlyModel(await openSoundSession([path]));
  const { files, problems } = generateManifests(model);
  const folder = new OutputFolder(options.out);
  const plan = planWrite({ files, problems }, (file) => folder.read(file));
  const still = options.dryRun || options.check;
  if (!still) carryOut(plan, folder);
  for (const { message, kind } of problems) {
    output.error(`${paint(output, 'yellow', kind === 'missing' ? 'missing' : 'left out')} ${printable(message)}\n`);
  }
  const changes = [
    ...plan.create.map(({ path: file }) => `create ${file}`),
    ...plan.update.map(({ path: file }) => `update ${file}`),
    ...plan.prune.map((file) => `remove ${file}`),
  ];
  if (still) for (const change of changes) output.out(`would ${change}\n`);
  for (const { path: file, reason, diff } of plan.refused) {
    output.error(`${paint(output, 'red', 'refused')} ${file}: ${reasons[reason]}\n${diff}`);
  }
  const verb = still ? 'would be' : 'were';
  output.out(
    `${options.out}: ${plan.create.length} files ${verb} created, ${plan.update.length} updated, ${plan.prune.length} removed, ${plan.unchanged.length} unchanged, ${plan.refused.length} refused\n`,
  );
  if (options.check && plan.stale) return exitCodes.failed;
  return plan.refused.length > 0 ? exitCodes.failed : exitCodes.done;
}

const reasons = {
  edited: 'changed by hand since it was generated; take the change into the model, or delete the file and generate again.',
  foreign: 'was there before and was not generated; move it away, or choose another --out.',
  'edited-obsolete': 'changed by hand, and the model no longer needs it; delete it if you do not either.',
} as const;

/** The lock goes last: after a crash files are foreign, never silently owned. */
function carryOut(plan: WritePlan, folder: OutputFolder): void {
  const writes = [...plan.create, ...plan.update];
  const isLock = (path: string): boolean => path.startsWith('.drml/');
  for (const { path, content } of writes) if (!isLock(path)) folder.write(path, content);
  for (const path of plan.prune) folder.remove(path);
  for (const { path, content } of writes) if (isLock(path)) folder.write(path, content);
}
