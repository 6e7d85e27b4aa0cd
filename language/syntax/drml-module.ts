import type {
  DeepPartial,
  DefaultSharedCoreModuleContext,
  LangiumCoreServices,
  LangiumSharedCoreServices,
  Module,
} from 'langium';
import { createDefaultCoreModule, createDefaultSharedCoreModule, inject } from 'langium';
import { DrmlGeneratedSharedModule, DrmlGrammarGeneratedModule } from '../generated/module.js';
import { DrmlDocumentValidator } from './checks/document-validator.js';
import { LiveDescriptions } from './incremental/live-descriptions.js';
import { DrmlLexer } from './lexer.js';
import { DrmlLexerMessages } from './lexer-errors.js';
import { DrmlLinker } from './linker.js';
import { DrmlSyntaxMessages } from './messages.js';
import { createDrmlParser } from './parser.js';
import { ReferenceIndex } from './reference-index.js';
import { DrmlScopeComputation, DrmlScopeProvider } from './scope.js';
import { DrmlTokenBuilder } from './tokens.js';
import { DrmlValueConverter } from './value-converter.js';

/** The services of the language without an editor. */
export type DrmlCoreServices = LangiumCoreServices;

/** What DRML adds to and replaces in Langium's default services; the server puts the same module over the editor's defaults. */
export const DrmlModule: Module<DrmlCoreServices, DeepPartial<LangiumCoreServices>> = {
  parser: {
    TokenBuilder: () => new DrmlTokenBuilder(),
    Lexer: (services) => new DrmlLexer(services),
    LexerErrorMessageProvider: () => new DrmlLexerMessages(),
    ValueConverter: () => new DrmlValueConverter(),
    ParserErrorMessageProvider: (services) => new DrmlSyntaxMessages(services),
    LangiumParser: (services) => createDrmlParser(services),
  },
  references: {
    Linker: (services) => new DrmlLinker(services),
    ScopeComputation: (services) => new DrmlScopeComputation(services),
    ScopeProvider: (services) => new DrmlScopeProvider(services),
  },
  workspace: {
    AstNodeDescriptionProvider: (services) => new LiveDescriptions(services),
    ReferenceDescriptionProvider: (services) => new ReferenceIndex(services),
  },
  validation: {
    DocumentValidator: (services) => new DrmlDocumentValidator(services),
  },
};

/** Builds the services for a program without an editor: the command line, tests, a browser worker. */
export function createDrmlCoreServices(context: DefaultSharedCoreModuleContext): {
  readonly shared: LangiumSharedCoreServices;
  readonly drml: DrmlCoreServices;
} {
  const shared = inject(createDefaultSharedCoreModule(context), DrmlGeneratedSharedModule);
  const drml = inject(createDefaultCoreModule({ shared }), DrmlGrammarGeneratedModule, DrmlModule);
  shared.ServiceRegistry.register(drml);
  return { shared, drml };
}
