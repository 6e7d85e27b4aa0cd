import type { Output } from '../console.js';
import { openSoundSession } from '../session.js';
import { type ExitCode, exitCodes } from '../unusable-input.js';

/** `drml model PATH`: the semantic model as JSON; of several roots, `{ "models": [...] }`. */
export async function model(path: string, output: Output): Promise<ExitCode> {
  const session = await openSoundSession([path]);
  const models = session.models.map((analysed) => analysed.model);
  output.out(`${JSON.stringify(models.length === 1 ? models[0] : { models }, undefined, 2)}\n`);
  return exitCodes.done;
}
