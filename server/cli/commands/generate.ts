import type { GeneratedTree } from '../../../language/generate/generated-tree.js';
import {
  type Extra,
  generateManifests,
  groupedProblems,
  planWrite,
  requestWithKept,
  type WritePlan,
} from '../../../language/generate/index.js';
import type { EditChoices } from '../../../language/generate/plan.js';
import { unifiedDiff } from '../../../language/generate/unified-diff.js';
import { optional } from '../../../language/model/optional.js';
import { placeName } from '../../../language/model/queries.js';
import { readOwnManifests } from '../../files/own-manifests.js';
import { type Output, paint, printable } from '../console.js';
import { carryOut, journalPath, recover } from '../folder-transaction.js';
import { OutputFolder } from '../output-folder.js';
import { manifestBytes } from '../own-manifest-problems.js';
import { whileMarked } from '../run-mark.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';

export interface GenerateOptions {
  readonly out: string;
  /** Say what would be done, and do nothing. */
  readonly dryRun: boolean;
  /** As `dryRun`, with what would change in each file. */
  readonly diff: boolean;
  /** Do nothing, and fail where the folder differs from what the model says. */
  readonly check: boolean;
  /** What becomes of files changed by hand. */
  readonly edits: 'refuse' | 'move' | 'overwrite';
  /** What is written only for whoever asks. */
  readonly with?: readonly Extra[];
  readonly repository?: string;
  readonly repositoryFolder?: string;
}

/**
 * `drml generate PATH --out DIR`: writes the manifests of the model. Files changed by hand and files that were there before are left
 * alone and named, and the command ends with 1, unless the user chose what becomes of them.
 */
export async function generate(path: string, options: GenerateOptions, output: Output): Promise<ExitCode> {
  const { model } = onlyModel(await openSoundSession([path]));
  const folder = new OutputFolder(options.out);
  const request = requestWithKept(
    {
      extras: new Set(options.with),
      ...optional('repository', options.repository),
      ...optional('folder', options.repositoryFolder?.replace(/^\/+|\/+$/g, '')),
    },
    (file) => folder.read(file),
  );
  const tree = generateManifests(model, await readOwnManifests(model, manifestBytes), undefined, request);
  const still = options.dryRun || options.check || options.diff;
  const choices = choicesOf(options);
  const interrupted = still && folder.read(journalPath) !== undefined;
  const plan = still
    ? planWrite(tree, (file) => folder.read(file), choices)
    : await whileMarked(folder, () => written(tree, choices, folder, output));
  for (const { message, kind, component, source } of groupedProblems(tree.problems)) {
    const place = kind === 'contradiction' && component !== undefined ? ` (${placeName(model, source)})` : '';
    output.error(`${paint(output, kind === 'contradiction' ? 'red' : 'yellow', words[kind])} ${printable(message)}${place}\n`);
  }
  if (still) preview(plan, options, folder, output);
  for (const { path: file, patch, notes } of plan.moved) {
    const way = patch === undefined ? 'changed in look only; written anew' : `changed by hand; now in ${patch}`;
    output.error(
      `${paint(output, 'yellow', 'moved')} ${file}: ${way}\n${notes.map((note) => `  ${printable(note)}\n`).join('')}`,
    );
  }
  for (const { path: file, reason, diff, immovable } of plan.refused) {
    const why = immovable.map((line) => `  cannot be moved into custom/: ${printable(line)}\n`).join('');
    output.error(`${paint(output, 'red', 'refused')} ${file}: ${reasons[reason]}\n${why}${diff}`);
  }
  if (interrupted) {
    output.error(`${paint(output, 'yellow', 'interrupted')} a run ended while it wrote; \`drml generate\` finishes it\n`);
  }
  const verb = still ? 'would be' : 'were';
  output.out(
    `${options.out}: ${plan.create.length} files ${verb} created, ${plan.update.length} updated, ${plan.prune.length} removed, ${plan.unchanged.length} unchanged, ${plan.refused.length} refused\n`,
  );
  if (options.check && (plan.stale || interrupted)) return exitCodes.failed;
  return plan.refused.length > 0 ? exitCodes.failed : exitCodes.done;
}

const words = { missing: 'missing:', 'left-out': 'left to you:', contradiction: 'contradiction:' } as const;

const reasons = {
  edited:
    'changed by hand since it was generated; take the change into the model, or generate with --edits move (the change becomes a patch in custom/) or --edits overwrite (it is lost).',
  foreign: 'was there before and was not generated; move it away, or choose another --out, or --edits overwrite.',
  'edited-obsolete': 'changed by hand, and the model no longer needs it; delete it if you do not either.',
} as const;

function choicesOf({ edits }: GenerateOptions): EditChoices {
  switch (edits) {
    case 'refuse':
      return {};
    case 'move':
      return { move: 'all' };
    case 'overwrite':
      return { overwrite: 'all' };
  }
}

/** Finishes what an interrupted run left, then plans and writes, while no other run does. */
function written(tree: GeneratedTree, choices: EditChoices, folder: OutputFolder, output: Output): WritePlan {
  if (recover(folder) === 'finished') {
    output.error(`${paint(output, 'yellow', 'finished')} what an interrupted run had begun to write\n`);
  }
  const plan = planWrite(tree, (file) => folder.read(file), choices);
  carryOut(plan, folder);
  return plan;
}

/** What would be done: a line a file, or its diff. */
function preview(plan: WritePlan, { diff }: GenerateOptions, folder: OutputFolder, output: Output): void {
  const lines: readonly (readonly [path: string, verb: string, diff: () => string])[] = [
    ...plan.create.map(({ path, content }) => [path, 'create', () => unifiedDiff(path, '', content)] as const),
    ...plan.update.map((file) => [file.path, 'update', () => file.diff] as const),
    ...plan.prune.map((path) => [path, 'remove', () => unifiedDiff(path, folder.read(path) ?? '', '')] as const),
  ];
  for (const [path, verb, text] of lines) output.out(diff ? text() : `would ${verb} ${path}\n`);
}
