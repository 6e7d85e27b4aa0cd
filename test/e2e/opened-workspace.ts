import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest';
import { createWorkspace, removeWorkspace, VsCode } from './vs-code.js';

/** A folder of its own, open in a VS Code of its own, while the tests of one file run. */
export interface OpenedWorkspace {
  readonly folder: string;
  readonly code: VsCode;
}

/**
 * Opens a folder with these files before the tests of the calling file, and closes and removes it after them. Errors of the extension and
 * of its views fail the file. `prepare` brings the window to where all tests begin.
 */
export function openedWorkspace(
  files: Readonly<Record<string, string>>,
  prepare: (code: VsCode) => Promise<void> = async () => {},
): OpenedWorkspace {
  let opened: OpenedWorkspace | undefined;
  const now = (): OpenedWorkspace => {
    if (opened === undefined) throw new Error('The workspace is open only while tests run.');
    return opened;
  };

  beforeAll(async () => {
    const folder = await createWorkspace(files);
    opened = { folder, code: await VsCode.open(inject('vsCode'), folder) };
    await prepare(opened.code);
  });

  tellFailures(() => now().code);

  afterAll(async () => {
    const complaints = opened?.code.complaints ?? [];
    await opened?.code.close();
    if (opened !== undefined) await removeWorkspace(opened.folder);
    expect(complaints, 'errors of the extension and of its views').toEqual([]);
  });

  return {
    get folder() {
      return now().folder;
    },
    get code() {
      return now().code;
    },
  };
}

/** A test that fails leaves a picture of the window in test/results, and says what stood in it. */
export function tellFailures(code: () => VsCode): void {
  afterEach(async ({ task }) => {
    // A test that is tried again keeps the errors of its first attempt, and each attempt has a picture of its own.
    const failures = task.result?.errors?.length ?? 0;
    if (failures === 0) return;
    await code().screenshot(`${task.name} ${failures}`);
    console.error(`What stood in the window when it failed:\n${await code().describe()}`);
  });
}
