// What the page uses of vis-network 9.1.2, whose standalone script sets the one global `vis`. Written by hand: the
// package's own types describe modules that the page does not load.

export {};

declare global {
  namespace vis {
    type Id = string | number;

    /** A point: on the drawing (canvas), or in pixels from the container's upper left corner (DOM). */
    interface Position {
      x: number;
      y: number;
    }

    interface Box {
      left: number;
      top: number;
      right: number;
      bottom: number;
    }

    class DataSet<Item extends { id?: Id }> {
      constructor(items?: Item[], options?: Record<string, unknown>);
      readonly length: number;
      get(): Item[];
      get(id: Id): Item | null;
      get(ids: Id[]): Item[];
      getIds(): Id[];
      /** Adds what is new, and merges into what is there. */
      update(items: Partial<Item> | Partial<Item>[]): Id[];
      remove(what: Id | Item | (Id | Item)[]): Id[];
      clear(): Id[];
    }

    interface Data {
      nodes?: DataSet<any> | { id: Id }[];
      edges?: DataSet<any> | { from: Id; to: Id }[];
    }

    type Options = Record<string, unknown>;

    type Easing =
      | "linear"
      | "easeInQuad" | "easeOutQuad" | "easeInOutQuad"
      | "easeInCubic" | "easeOutCubic" | "easeInOutCubic"
      | "easeInQuart" | "easeOutQuart" | "easeInOutQuart"
      | "easeInQuint" | "easeOutQuint" | "easeInOutQuint";

    type Animation = boolean | { duration?: number; easingFunction?: Easing };

    interface FitOptions {
      nodes?: Id[];
      minZoomLevel?: number;
      maxZoomLevel?: number;
      animation?: Animation;
    }

    interface MoveToOptions {
      position?: Position;
      scale?: number;
      offset?: Partial<Position>;
      animation?: Animation;
    }

    /** What came of the reader's hand: what is under the pointer is asked of getNodeAt and getEdgeAt. */
    interface PointerEvent {
      nodes: Id[];
      edges: Id[];
      event: { preventDefault(): void; srcEvent?: Event };
      pointer: { DOM: Position; canvas: Position };
    }

    interface Events {
      click: PointerEvent;
      doubleClick: PointerEvent;
      oncontext: PointerEvent;
      hold: PointerEvent;
      release: PointerEvent;
      select: PointerEvent;
      selectNode: PointerEvent;
      selectEdge: PointerEvent;
      deselectNode: PointerEvent;
      deselectEdge: PointerEvent;
      dragStart: PointerEvent;
      dragging: PointerEvent;
      dragEnd: PointerEvent;
      hoverNode: { node: Id; event: MouseEvent; pointer: { DOM: Position; canvas: Position } };
      blurNode: { node: Id; event: MouseEvent; pointer: { DOM: Position; canvas: Position } };
      hoverEdge: { edge: Id; event: MouseEvent; pointer: { DOM: Position; canvas: Position } };
      blurEdge: { edge: Id; event: MouseEvent; pointer: { DOM: Position; canvas: Position } };
      zoom: { direction: "+" | "-"; scale: number; pointer: Position };
      resize: { width: number; height: number; oldWidth: number; oldHeight: number };
      initRedraw: void;
      beforeDrawing: CanvasRenderingContext2D;
      afterDrawing: CanvasRenderingContext2D;
      animationFinished: void;
      stabilized: { iterations: number };
    }

    class Network {
      constructor(container: HTMLElement, data: Data, options?: Options);
      on<Name extends keyof Events>(name: Name, heard: (found: Events[Name]) => void): void;
      off<Name extends keyof Events>(name: Name, heard?: (found: Events[Name]) => void): void;
      once<Name extends keyof Events>(name: Name, heard: (found: Events[Name]) => void): void;
      fit(options?: FitOptions): void;
      moveTo(options: MoveToOptions): void;
      getScale(): number;
      getViewPosition(): Position;
      getPositions(ids?: Id[]): Record<Id, Position>;
      /** Throws where there is no such node. */
      getPosition(id: Id): Position;
      getBoundingBox(id: Id): Box | undefined;
      /** The id of the topmost node at a point of the container. */
      getNodeAt(at: Position): Id | undefined;
      getEdgeAt(at: Position): Id | undefined;
      DOMtoCanvas(at: Position): Position;
      canvasToDOM(at: Position): Position;
      redraw(): void;
      setData(data: Data): void;
      setOptions(options: Options): void;
      setSize(width: string, height: string): void;
      selectNodes(ids: Id[], highlightEdges?: boolean): void;
      unselectAll(): void;
      destroy(): void;
    }
  }
}
