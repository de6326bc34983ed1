import { applyDecorators, HttpCode, SerializeOptions } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';
import { z } from 'zod';
import { problem } from '../contract/primitives.js';

/** Metadata key under which the boot check finds that a handler says what it returns. */
export const RETURNS = 'throughline:returns';

/** What a handler may give back for a schema: its value, or a promise of it. */
type Giving<Value> = (...args: never[]) => Value | Promise<Value>;

const mark =
  (returns: string): MethodDecorator =>
  (_target, _name, descriptor) => {
    Reflect.defineMetadata(RETURNS, returns, descriptor.value as object);
  };

/**
 * Says what a handler returns: documents it, lets nothing else out, and makes the compiler refuse a handler of another type.
 *
 * @param schema zod object of the answer (lists are objects with `items`)
 * @param status 200 unless said otherwise
 */
export const Returns =
  <Schema extends z.ZodType>(schema: Schema, status = 200) =>
  <Handler extends Giving<z.input<Schema>>>(
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<Handler>,
  ): void =>
    applyDecorators(
      HttpCode(status),
      SerializeOptions({ schema }),
      ApiResponse({ status, description: 'As asked.', standardSchema: schema }),
      ApiResponse({ status: 'default', description: 'Refused.', standardSchema: problem }),
      mark('schema'),
    )(target, name, descriptor);

/** For handlers that answer without a body (204). */
export const ReturnsNothing = (status = 204): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    ApiResponse({ status, description: 'Done.' }),
    ApiResponse({ status: 'default', description: 'Refused.', standardSchema: problem }),
    mark('nothing'),
  );

/**
 * For handlers that write text which was made from a value of the schema once and stored (computed figures), so that it is not
 * parsed again at each request. Tests parse the answers with the same schema.
 */
export const ReturnsStored = (schema: z.ZodType, status = 200): MethodDecorator =>
  applyDecorators(
    HttpCode(status),
    ApiResponse({ status, description: 'As asked.', standardSchema: schema }),
    ApiResponse({ status: 304, description: 'Not changed since the ETag that was sent.' }),
    ApiResponse({ status: 'default', description: 'Refused.', standardSchema: problem }),
    mark('stored'),
  );

/** For handlers that stream a file or events. */
export const ReturnsStream = (mediaType: string): MethodDecorator =>
  applyDecorators(
    ApiResponse({
      status: 200,
      description: 'A stream.',
      content: { [mediaType]: { schema: { type: 'string', format: 'binary' } } },
    }),
    ApiResponse({ status: 'default', description: 'Refused.', standardSchema: problem }),
    mark('stream'),
  );
