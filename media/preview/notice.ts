/** A line that goes by itself: how a change or an export has ended, and what can be done about it. */
import { button } from './elements.js';
import type { NoticeMessage, SavedAction, ViewMessage } from './protocol.js';
import { say, statusLine } from './status-line.js';

/** How long it stands. In milliseconds. */
const usualTime = 6000;
/** How long it stands with something to do. In milliseconds. */
const timeToAct = 30_000;

const savedActions: Readonly<Record<SavedAction, readonly [text: string, label: string]>> = {
  open: ['Open', 'Open the file'],
  reveal: ['Reveal', 'Show where the file lies'],
};

/** Apart from what is waited for: a new picture does not take it away. */
export class Notice {
  readonly root = statusLine('waiting notice');
  readonly #send: (message: ViewMessage) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(send: (message: ViewMessage) => void) {
    this.#send = send;
  }

  tell({ text, undo, saved = [] }: Omit<NoticeMessage, 'kind'>): void {
    say(this.root, text);
    if (undo !== undefined) this.#offer('Undo', 'Take the change back', { kind: 'undo', uri: undo });
    for (const how of saved) this.#offer(...savedActions[how], { kind: 'show-saved', how });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(
      () => {
        // Nobody loses a button while the hand is on its way to it.
        if (!this.root.matches(':hover, :focus-within')) say(this.root, '');
      },
      undo === undefined && saved.length === 0 ? usualTime : timeToAct,
    );
  }

  #offer(text: string, label: string, message: ViewMessage): void {
    this.root.append(
      ' ',
      button(text, label, () => {
        say(this.root, '');
        this.#send(message);
      }),
    );
  }
}
