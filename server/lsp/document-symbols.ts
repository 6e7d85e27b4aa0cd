import { type AstNode, GrammarUtils, type LangiumDocument } from 'langium';
import type { DocumentSymbolProvider } from 'langium/lsp';
import type { DocumentSymbol } from 'vscode-languageserver';
import type { Component, Journey, Objective, Policy, Region, SiteReference, TopLevel } from '../../language/generated/ast.js';
import { fileOf } from '../../language/syntax/imports.js';
import { sitesOf } from './dependencies.js';
import { NodeKinds } from './node-kinds.js';

/** The outline: declarations of the file; below them their zones, backups, failovers and promises, each with what it says. */
export class DocumentSymbols implements DocumentSymbolProvider {
  private readonly kinds = new NodeKinds();

  getSymbols(document: LangiumDocument): DocumentSymbol[] {
    return (fileOf(document)?.elements ?? []).flatMap((element) => this.ofElement(element));
  }

  private ofElement(element: TopLevel): DocumentSymbol[] {
    switch (element.$type) {
      case 'Import':
        return [];
      case 'ModelBlock':
        return this.symbol(element, element.name, joined('model', element.title), []);
      case 'Region':
        return this.symbol(element, element.name, joined('region', element.title), this.zones(element));
      case 'Link': {
        const name = `${siteText(element.a) ?? '?'} <-> ${siteText(element.b) ?? '?'}`;
        return this.symbol(element, name, 'link', this.parts(element), 'a');
      }
      case 'Component': {
        const tier = element.tier === undefined ? undefined : `tier ${element.tier}`;
        const sites = sitesOf(element);
        const detail = joined(element.kind, element.title, tier, sites.length === 0 ? undefined : `in ${sites.join(', ')}`);
        return this.symbol(element, element.name, detail, this.parts(element));
      }
      case 'Journey': {
        const tier = element.tier === undefined ? undefined : `tier ${element.tier}`;
        return this.symbol(element, element.name, joined('journey', element.title, tier), this.parts(element));
      }
      case 'Policy':
        return this.symbol(element, element.name, 'policy', this.parts(element));
      case 'Defaults':
        return this.symbol(
          element,
          element.kind === undefined ? 'defaults' : `defaults ${element.kind}`,
          '',
          this.parts(element),
        );
      case 'Scenario':
        return this.symbol(element, element.name, joined('scenario', element.title), []);
      case 'Drill':
        return this.symbol(element, element.scenario?.$refText, `drill on ${element.date}`, [], 'scenario');
    }
  }

  private zones(region: Region): DocumentSymbol[] {
    return region.statements.flatMap((statement) => {
      if (statement.$type === 'Zone') return this.symbol(statement, statement.name, joined('zone', statement.title), []);
      return statement.$type === 'ZoneList' ? statement.zones.flatMap((zone) => this.symbol(zone, zone.name, 'zone', [])) : [];
    });
  }

  /** The blocks that people look for inside a declaration. */
  private parts(owner: {
    readonly statements: readonly (Component | Journey | Policy)['statements'][number][];
  }): DocumentSymbol[] {
    return owner.statements.flatMap((statement) => {
      switch (statement.$type) {
        case 'Backup': {
          const target = statement.details.find((detail) => detail.$type === 'CopiesTo')?.target?.target?.$refText;
          return this.symbol(statement, statement.name, joined('backup', target === undefined ? undefined : `to ${target}`), []);
        }
        case 'Failover': {
          const site = siteText(statement.site);
          const decided = statement.details.find((detail) => detail.$type === 'Decide')?.mode;
          return this.symbol(statement, joined('failover', site && `${statement.scope ?? 'to'} ${site}`), decided ?? '', []);
        }
        case 'Objective':
          return this.symbol(statement, 'objective', promises(statement), []);
        case 'Together':
        case 'Rollout':
          return this.symbol(statement, statement.$type.toLowerCase(), '', []);
        default:
          return [];
      }
    });
  }

  private symbol(
    node: AstNode,
    name: string | undefined,
    detail: string,
    children: DocumentSymbol[],
    property = 'name',
  ): DocumentSymbol[] {
    const cst = node.$cstNode;
    // A declaration that is being typed has no name yet; editors refuse symbols without one.
    if (cst === undefined || name === undefined || name === '') return [];
    const start = cst.range.start;
    const selectionRange = GrammarUtils.findNodeForProperty(cst, property)?.range ?? { start, end: start };
    return [{ name, detail, kind: this.kinds.getSymbolKind(node), range: cst.range, selectionRange, children }];
  }
}

function joined(...parts: readonly (string | undefined)[]): string {
  return parts.filter((part) => part !== undefined && part !== '').join(' \u00b7 ');
}

function siteText(site: SiteReference | undefined): string | undefined {
  const region = site?.region?.$refText;
  return region === undefined || site?.zone === undefined ? region : `${region}.${site.zone.$refText}`;
}

/** `99.95% · region-loss rto 15m rpo 1m`: what an objective promises, as written. */
function promises(objective: Objective): string {
  return joined(
    ...objective.details.map((detail) => {
      if (detail.$type === 'Fact') return `${detail.key} ${detail.value ?? ''}`.trim();
      if (detail.$type !== 'ClassObjective') return undefined;
      return [detail.disruption, ...detail.promises.map(({ key, value }) => `${key} ${value}`)].join(' ');
    }),
  );
}
