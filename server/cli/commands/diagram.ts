import { extname } from 'node:path';
import { URI } from 'langium';
import { d2Of } from '../../../language/diagram/export/d2.js';
import { localizedSvg } from '../../../language/diagram/export/localized-svg.js';
import { mermaidOf } from '../../../language/diagram/export/mermaid.js';
import { pageOf } from '../../../language/diagram/export/page.js';
import { pageModelOf } from '../../../language/diagram/export/page-data.js';
import { fold } from '../../../language/diagram/fold.js';
import { buildGraph, type DiagramGraph } from '../../../language/diagram/graph.js';
import type { FileTheme } from '../../../language/diagram/ink.js';
import type { Layout } from '../../../language/diagram/layout.js';
import { statesIn, type View, viewNamed, viewOf } from '../../../language/diagram/views.js';
import type { Switch, Switches } from '../../../language/diagram/what-if/switches.js';
import { whatIf } from '../../../language/diagram/what-if/what-if.js';
import type { Model } from '../../../language/model/model.js';
import { layoutInNode } from '../../layout/elk-node.js';
import type { Output } from '../console.js';
import { imageOf } from '../picture-image.js';
import { type PictureLanguage, spokenIn } from '../picture-language.js';
import { installedPageParts } from '../picture-page.js';
import { pictureSvg } from '../picture-svg.js';
import { redrawOnChange } from '../redraw.js';
import { onlyModel, openSoundSession } from '../session.js';
import { type ExitCode, exitCodes, UnusableInput } from '../unusable-input.js';
import { writeWhole } from '../write-file.js';

/** What a picture can be written as. */
export const diagramFormats = ['svg', 'png', 'html', 'mermaid', 'd2'] as const;

type DiagramFormat = (typeof diagramFormats)[number];

export interface DiagramOptions {
  /** The file to write; without it the picture goes to the standard output. Its name decides the format where none is given. */
  readonly output?: string;
  readonly format?: DiagramFormat;
  /** Absent: light; of a page, what the reader's system wants. */
  readonly theme?: FileTheme;
  /** Of an image: its pixels for one of the picture. */
  readonly scale?: number;
  /** What is off: places, components, and at most one scenario of the model. */
  readonly whatIf?: readonly string[];
  /** `placement`, `data`, or `journey:`, `region:`, `component:` with a name; absent: the whole system. */
  readonly view?: string;
  /** Absent: English. */
  readonly language?: PictureLanguage;
  /** Draw again whenever a file of the model changes, until the process is ended. */
  readonly watch?: boolean;
  readonly asOf?: string;
}

const placementView = 'placement';

/** What the end of a name says. */
const endings: Readonly<Record<string, DiagramFormat>> = {
  '': 'svg',
  '.svg': 'svg',
  '.png': 'png',
  '.html': 'html',
  '.htm': 'html',
  '.mmd': 'mermaid',
  '.mermaid': 'mermaid',
  '.d2': 'd2',
};

/** `drml diagram PATH -o FILE.svg`: the picture of the model as a file of its own. */
export async function diagram(path: string, options: DiagramOptions, output: Output): Promise<ExitCode> {
  if (options.watch === true && options.output === undefined)
    throw new UnusableInput('--watch: say with -o which file to write.');
  const files = await draw(path, options, output);
  if (options.watch !== true) return exitCodes.done;
  await redrawOnChange(
    files,
    () => draw(path, options, output),
    (error) => {
      const why = error instanceof Error ? error.message : String(error);
      output.error(`${why}\n${options.output}: the last good picture stays\n`);
    },
  );
  return exitCodes.done;
}

/** Draws once; answers the files of the model. */
async function draw(path: string, options: DiagramOptions, output: Output): Promise<readonly string[]> {
  const format = formatOf(options);
  const { model, analysis } = onlyModel(await openSoundSession([path], options));
  const whole = buildGraph(model, analysis);
  const view = viewIn(whole, options.view);
  const graph = viewOf(whole, view);
  const switches = switchesOf(model, options.whatIf ?? []);
  const spoken = await spokenIn(options.language ?? 'en', whole);
  if (options.scale !== undefined && format !== 'png')
    throw new UnusableInput('--scale: only images have a scale, as in -o x.png.');
  if (options.view === placementView && (format === 'mermaid' || format === 'd2'))
    throw new UnusableInput(`--view ${placementView}: Mermaid and D2 have no such table; write an .svg, .png or .html file.`);
  let size = '';
  const content = await (async (): Promise<string | Uint8Array> => {
    if (format === 'html') {
      const panes = options.view === placementView ? 'placement' : 'flow';
      const layouts = await layoutsOf([whole, graph]);
      const data = {
        ...pageModelOf(model, analysis),
        layouts,
        view,
        panes,
        switches,
        ...(spoken === undefined ? {} : { language: spoken.ofPage }),
      } as const;
      return pageOf(data, options.theme, await installedPageParts());
    }
    const all = whatIf(model, analysis, switches)?.states;
    const states = all === undefined ? undefined : statesIn(all, graph);
    switch (format) {
      case 'mermaid':
        return mermaidOf(graph, states, spoken?.words);
      case 'd2':
        return d2Of(graph, states, spoken?.words);
      case 'svg':
      case 'png': {
        const pane = options.view === placementView ? 'placement' : 'flow';
        const drawn = await pictureSvg(graph, states, options.theme ?? 'light', pane);
        if (drawn.note !== undefined) output.error(`${drawn.note}\n`);
        const svg = spoken === undefined ? drawn.svg : localizedSvg(drawn.svg, spoken.words, spoken.ofPage.code);
        if (format === 'svg') return svg;
        const image = await imageOf(svg, options.scale);
        size = `, ${image.width} × ${image.height} pixels`;
        if (image.missing.length > 0) output.error(`${missingText(image.missing)}\n`);
        return image.png;
      }
    }
  })();
  if (options.output === undefined) output.out(content);
  else {
    writeWhole(options.output, content);
    output.out(`${options.output}: ${counted(graph.nodes, 'node')}, ${counted(graph.edges, 'line')}${size}\n`);
  }
  return model.files.map(({ uri }) => URI.parse(uri).fsPath);
}

/** Layouts of what a page shows first, folded as it folds them; one for each structure. */
async function layoutsOf(graphs: readonly DiagramGraph[]): Promise<readonly Layout[]> {
  const found = new Map<string, Layout>();
  for (const { graph } of graphs.map((each) => fold(each))) {
    if (!found.has(graph.structure)) found.set(graph.structure, await layoutInNode(graph));
  }
  return [...found.values()];
}

function viewIn(graph: DiagramGraph, text: string | undefined): View {
  const view = text === undefined || text === placementView ? { kind: 'system' as const } : viewNamed(graph, text);
  if (view !== undefined) return view;
  throw new UnusableInput(
    `--view ${text}: say placement, regions (of several), data, journey:NAME, region:NAME or component:NAME, with a name that the model has.`,
  );
}

/** So many letters are named. */
const mostNamed = 5;

function missingText(letters: readonly string[]): string {
  const named = letters.slice(0, mostNamed).join(' ');
  const more = letters.length <= mostNamed ? '' : ` and ${letters.length - mostNamed} more`;
  return `No font of this machine has ${named}${more}: boxes stand for them. Install one that has, such as Noto Sans CJK for Chinese, or write an .svg file.`;
}

function formatOf({ output = '', format }: DiagramOptions): DiagramFormat {
  const ending = extname(output).toLowerCase();
  if (ending === '.drml') throw new UnusableInput(`-o ${output}: a picture would take the place of a model; say another name.`);
  const found = format ?? endings[ending];
  if (found !== undefined) return found;
  throw new UnusableInput(`-o ${output}: the name of a picture ends in .svg, .png, .html, .mmd or .d2; or say --format.`);
}

function switchesOf(model: Model, names: readonly string[]): Switches {
  const sites = new Set(model.regions.flatMap((region) => [region.name, ...region.zones.map((zone) => zone.path)]));
  const components = new Set(model.components.map(({ name }) => name));
  const scenario = names.find((name) => model.scenarios.some((each) => each.name === name));
  const off = names
    .filter((name) => name !== scenario)
    .map((name): Switch => {
      if (sites.has(name)) return { kind: 'site', site: name };
      if (components.has(name)) return { kind: 'component', component: name };
      throw new UnusableInput(`--what-if ${name}: the model has no region, zone, component or scenario of this name.`);
    });
  return { off, ...(scenario === undefined ? {} : { scenario }) };
}

function counted(list: readonly unknown[], word: string): string {
  return `${list.length} ${word}${list.length === 1 ? '' : 's'}`;
}
