/** How shapes get their colours: by class in a webview, where the editor's theme decides, or as hex in a file of its own. */

/** Roles of colours. `mu`: muted text; `bd`: borders; `hair`: decoration; `deg`: worrying; `bak`: backup; `repl`: replication. */
export type ColourRole = 'bg' | 'fg' | 'mu' | 'card' | 'zone' | 'bd' | 'hair' | 'edge' | 'down' | 'deg' | 'ok' | 'repl' | 'bak';

/** Themes of files: colours as hex, for viewers that know no variables. */
export const fileThemes = ['light', 'dark', 'high-contrast-light', 'high-contrast-dark'] as const;
export type FileTheme = (typeof fileThemes)[number];

/** `vscode`: colours by class, from the editor's theme. */
export type Theme = FileTheme | 'vscode';

type Palette = { readonly [role in ColourRole]: string };

/** The editor's default themes and those of high contrast, resolved; each pair of colours that meets was measured for contrast. */
export const palettes: { readonly [theme in FileTheme]: Palette } = {
  light: {
    bg: '#ffffff',
    fg: '#202020',
    mu: '#606060',
    card: '#f6f6f6',
    zone: '#efefef',
    bd: '#848484',
    hair: '#c1c1c1',
    edge: '#5e5e5e',
    down: '#be1606',
    deg: '#7f5e0f',
    ok: '#347a31',
    repl: '#1a5cff',
    bak: '#652d90',
  },
  dark: {
    bg: '#121314',
    fg: '#bbbebf',
    mu: '#8c8c8c',
    card: '#191a1b',
    zone: '#1e1f20',
    bd: '#6f7172',
    hair: '#414344',
    edge: '#8c8e8f',
    down: '#e66363',
    deg: '#c5b04c',
    ok: '#8ecc8f',
    repl: '#57a3f8',
    bak: '#ad80d7',
  },
  'high-contrast-light': {
    bg: '#ffffff',
    fg: '#292929',
    mu: '#292929',
    card: '#f6f6f6',
    zone: '#f0f0f0',
    bd: '#0f4a85',
    hair: '#0f4a85',
    edge: '#545454',
    down: '#990000',
    deg: '#634305',
    ok: '#2d4a08',
    repl: '#0047b3',
    bak: '#5a2680',
  },
  'high-contrast-dark': {
    bg: '#000000',
    fg: '#ffffff',
    mu: '#ffffff',
    card: '#0a0a0a',
    zone: '#121212',
    bd: '#6fc3df',
    hair: '#6fc3df',
    edge: '#bdbdbd',
    down: '#f69f8d',
    deg: '#ffe6ab',
    ok: '#9bd897',
    repl: '#6eb3ff',
    bak: '#c9a3e6',
  },
};

export interface Paint {
  readonly fill?: ColourRole | 'none';
  readonly stroke?: ColourRole;
  readonly width?: number;
  readonly dash?: string;
  readonly round?: boolean;
}

/** Turns roles into attributes. One for each picture. */
export interface Ink {
  /** Attributes, with a blank before the first. What has no `fill` is not filled. */
  paint(paint: Paint): string;
  /** Whether nodes can be clicked and focused. */
  readonly interactive: boolean;
  /** Comes before every id, so that two pictures can stand on one page. */
  readonly idPrefix: string;
}

/** The ink of a theme. */
export function inkFor(theme: Theme, interactive: boolean, idPrefix: string): Ink {
  return { interactive, idPrefix, paint: (paint) => attributes(theme, paint) };
}

function attributes(theme: Theme, { fill = 'none', stroke, width, dash, round }: Paint): string {
  let text = '';
  if (theme === 'vscode') {
    const fillClass = fill === 'none' ? '' : `f-${fill}`;
    const strokeClass = stroke === undefined ? '' : `s-${stroke}`;
    const between = fillClass !== '' && strokeClass !== '' ? ' ' : '';
    if (fillClass !== '' || strokeClass !== '') text = ` class="${fillClass}${between}${strokeClass}"`;
    if (fill === 'none') text += ' fill="none"';
  } else {
    text = ` fill="${fill === 'none' ? 'none' : palettes[theme][fill]}"`;
    if (stroke !== undefined) text += ` stroke="${palettes[theme][stroke]}"`;
  }
  if (stroke !== undefined && width !== undefined) text += ` stroke-width="${width}"`;
  if (dash !== undefined) text += ` stroke-dasharray="${dash}"`;
  if (round === true) text += ' stroke-linecap="round" stroke-linejoin="round"';
  return text;
}
