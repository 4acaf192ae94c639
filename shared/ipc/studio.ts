/**
 * Everything that a window may ask of the main process, and everything that it is told: the one contract between them.
 * It knows neither Electron nor the DOM. Paths cross only towards the window; what the window names are files that it was
 * handed (by `open`, by a drop, in the list of recent ones), runs by their id, and samples by theirs.
 */
import { z } from 'zod';
import { defineContract } from './define';
import { metricFrameSchema } from './trainer';
import { dataDescriptionSchema, dataInfoSchema, dataProgressSchema } from './studio/dataSchemas';
import {
  openedDocumentSchema,
  openOutcomeSchema,
  recentFileSchema,
  sampleDesignSchema,
  saveOutcomeSchema,
} from './studio/documentSchemas';
import {
  engineChoiceSchema,
  engineName,
  engineStatusSchema,
  installationEventSchema,
  installPlanSchema,
} from './studio/engineSchemas';
import { exportOutcomeSchema, exportRequestSchema, verificationSchema } from './studio/exportSchemas';
import {
  differenceSchema,
  predictionSchema,
  runDetailsSchema,
  runListingSchema,
  sampleSchema,
  seriesSchema,
  trainingEventSchema,
} from './studio/runSchemas';
import { settingsSchema } from './studio/settingsSchema';
import { count, json, nothing, part, runId, text } from './studio/values';

/** At most so many samples are fetched at once. */
const indices = z.array(count).max(200);

/** One menu as the platform draws it (macOS); items without an action are separators. */
const menuSchema = z.strictObject({
  title: z.string().max(100),
  items: z
    .array(
      z.strictObject({
        action: z.string().max(100).nullable(),
        title: z.string().max(300),
        /** In Electron's notation, for display: the window itself listens to the keys. */
        accelerator: z.string().max(60).nullable(),
        enabled: z.boolean(),
        checked: z.boolean().nullable(),
      }),
    )
    .max(200),
});

export const studioContract = defineContract({
  name: 'studio',
  requests: {
    /** First of all: what this window shows. A window without a document shows the welcome screen. */
    start: {
      request: nothing,
      response: z.strictObject({
        document: openedDocumentSchema.nullable(),
        settings: settingsSchema,
        recent: z.array(recentFileSchema),
        samples: z.array(sampleDesignSchema),
        platform: z.enum(['linux', 'win32', 'darwin']),
        /** The system's language, BCP 47. */
        systemLanguage: z.string(),
        versions: z.strictObject({ netloom: z.string(), electron: z.string(), chromium: z.string(), node: z.string() }),
        /** Problems met at the start, such as a damaged settings file: each a sentence. */
        problems: z.array(text),
      }),
    },
    newDocument: { request: nothing, response: openOutcomeSchema },
    /** Asks the user for a file, or opens one of the recent ones. */
    open: { request: z.strictObject({ recent: z.string().nullable() }), response: openOutcomeSchema },
    openSample: { request: z.strictObject({ sample: z.string().max(100) }), response: openOutcomeSchema },
    openRunDesign: { request: z.strictObject({ run: runId }), response: openOutcomeSchema },
    /** Writes the document to its file; `as` asks for another; `overwrite` replaces what somebody else wrote meanwhile. */
    save: {
      request: z.strictObject({ key: text, design: json, as: z.boolean(), overwrite: z.boolean() }),
      response: saveOutcomeSchema,
    },
    /** The drawing as it is now, for recovery after a crash; null once nothing is unsaved. */
    journal: {
      request: z.strictObject({ key: text, design: json.nullable() }),
      response: nothing,
    },
    forgetRecent: { request: z.strictObject({ file: z.string() }), response: nothing },
    setSettings: { request: settingsSchema, response: nothing },
    setTitle: { request: z.strictObject({ title: z.string().max(300), unsaved: z.boolean() }), response: nothing },
    setMenus: { request: z.strictObject({ menus: z.array(menuSchema).max(20) }), response: nothing },
    newWindow: { request: nothing, response: nothing },
    /** The answer to `closing`. `keepTraining`: the run goes on without a window; `stopTraining`: it ends cleanly first. */
    close: {
      request: z.strictObject({ decision: z.enum(['cancel', 'close', 'stopTraining', 'keepTraining']) }),
      response: nothing,
    },
    /** Text of copied nodes; reading answers null for anything that is not such text. */
    writeClipboard: { request: z.strictObject({ text: z.string().max(64 * 2 ** 20) }), response: nothing },
    readClipboard: { request: nothing, response: z.strictObject({ text: z.string().nullable() }) },

    /** `design` gives the folder that relative paths count from. Null: only preparing the user's file tells. */
    dataInfo: {
      request: z.strictObject({ key: text, data: json }),
      response: z.strictObject({ info: dataInfoSchema.nullable() }),
    },
    describeData: { request: z.strictObject({ key: text, data: json }), response: dataDescriptionSchema },
    /** Progress comes as `data` events; a second request for the same window cancels the first. */
    prepareData: { request: z.strictObject({ key: text, data: json }), response: dataDescriptionSchema },
    cancelPreparation: { request: nothing, response: nothing },
    /** The data must be prepared, or bundled or generated. */
    dataSamples: {
      request: z.strictObject({ key: text, data: json, part, indices }),
      response: z.strictObject({ samples: z.array(sampleSchema) }),
    },
    /** Asks the user for a data file and answers its path as the design should name it; null: cancelled. */
    chooseDataFile: {
      request: z.strictObject({ key: text }),
      response: z.strictObject({ file: z.string().nullable() }),
    },

    /** Engines and environments. They are tried once, slowly; `fresh` tries them again. */
    engines: {
      request: z.strictObject({ fresh: z.boolean() }),
      response: z.strictObject({ engines: z.array(engineStatusSchema) }),
    },
    installPlan: { request: z.strictObject({ name: engineName }), response: installPlanSchema },
    /** Answered at once; how it goes is told by `installation`. `anew`: what is there is removed first. */
    install: { request: z.strictObject({ name: engineName, anew: z.boolean() }), response: nothing },
    cancelInstallation: { request: z.strictObject({ name: engineName }), response: nothing },
    /** The next run with the engine `auto` measures anew. */
    forgetChoices: { request: nothing, response: nothing },
    /** Text that may be shown to strangers. */
    engineDiagnostics: { request: nothing, response: z.strictObject({ text }) },
    /** Begins a run of the drawing as it is; at most one run is trained at a time. The engine `auto`: the fastest. */
    train: {
      request: z.strictObject({ key: text, design: json, engine: z.string().max(60) }),
      response: z.strictObject({ run: runId }),
    },
    /** Goes on with a run that was stopped or interrupted, from its last checkpoint; null: on the engine that it was on. */
    resume: { request: z.strictObject({ run: runId, engine: z.string().max(60).nullable() }), response: nothing },
    pause: { request: nothing, response: nothing },
    continue: { request: nothing, response: nothing },
    /** A second one ends the training process where it stands. */
    stop: { request: nothing, response: nothing },
    /** What is being trained now, for a window that opens meanwhile. */
    activeRun: {
      request: nothing,
      response: z.strictObject({
        active: z
          .strictObject({ run: runId, state: z.enum(['preparing', 'running', 'paused']), engine: text })
          .nullable(),
      }),
    },

    runs: { request: nothing, response: z.strictObject({ runs: z.array(runListingSchema) }) },
    /** `buckets`: at most so many points a curve. */
    runDetails: {
      request: z.strictObject({ run: runId, buckets: z.int().min(1).max(20_000) }),
      response: runDetailsSchema,
    },
    /** A part of a curve, finer: for zooming in. Steps `from` to `to` - 1. */
    runSeries: {
      request: z.strictObject({
        run: runId,
        names: z.array(z.string()).max(20),
        from: count,
        to: count,
        buckets: z.int().min(1).max(20_000),
      }),
      response: z.strictObject({ series: z.array(seriesSchema) }),
    },
    /** `all`: settings that are the same everywhere too. */
    compareRuns: {
      request: z.strictObject({ runs: z.array(runId).max(100), all: z.boolean().optional() }),
      response: z.strictObject({ differences: z.array(differenceSchema) }),
    },
    removeRun: { request: z.strictObject({ run: runId }), response: nothing },
    restoreRun: { request: z.strictObject({ run: runId }), response: nothing },
    showRunFolder: { request: z.strictObject({ run: runId }), response: nothing },
    /** The samples behind a cell of the confusion matrix, judged with the best weights. */
    confusionSamples: {
      request: z.strictObject({
        run: runId,
        part: z.enum(['validation', 'test']),
        head: text,
        actual: count,
        predicted: count,
        most: z.int().min(1).max(200),
      }),
      response: z.strictObject({ total: count, samples: z.array(sampleSchema) }),
    },
    runSamples: {
      request: z.strictObject({ run: runId, part, indices }),
      response: z.strictObject({
        counts: z.strictObject({ train: count, validation: count, test: count }),
        samples: z.array(sampleSchema),
      }),
    },
    predict: { request: z.strictObject({ run: runId, index: count }), response: predictionSchema },

    /** Writes the drawing as code, with weights and data, into a folder that the user names. */
    exportCode: { request: exportRequestSchema, response: exportOutcomeSchema },
    /** The folder of this window's last export, in the system's file manager. */
    showExport: { request: nothing, response: nothing },
    /** Runs the code of the last export beside the engine and compares. */
    verifyExport: { request: nothing, response: verificationSchema },
    cancelVerification: { request: nothing, response: nothing },
  },
  events: {
    /** A file was dropped, opened from the system or by another start of the program. */
    opened: openOutcomeSchema,
    /** Somebody else wrote the document's file. */
    fileChanged: z.strictObject({ key: text, file: z.string() }),
    recent: z.strictObject({ recent: z.array(recentFileSchema) }),
    settings: settingsSchema,
    /** The user wants the window closed: ask about `training`, then answer with `close`. */
    closing: z.strictObject({ training: z.boolean() }),
    menu: z.strictObject({ action: z.string() }),
    data: dataProgressSchema,
    installation: installationEventSchema,
    /** With the engine `auto`: which one is being tried, then which one it is. */
    trial: z.strictObject({ engine: engineName }),
    choice: engineChoiceSchema,
    /** Of epochs and checkpoints of a quarter of a second the newest, and the newest best, are told; `runDetails` has all. */
    training: z.strictObject({ run: runId, event: trainingEventSchema }),
    frame: z.strictObject({ run: runId, frame: metricFrameSchema }),
    /** The list of runs is another one: ask again. */
    runsChanged: nothing,
    /** Something went wrong that nobody asked for, such as a journal that cannot be written: a sentence. */
    problem: z.strictObject({ message: text }),
  },
});
export type StudioContract = typeof studioContract;
