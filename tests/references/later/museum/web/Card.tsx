import React from 'react';
import { Link } from 'next/link';

export function Card({ id }: { id: string }) {
  // the picture is fetched by the server
  return (
    <Link href="items/first">  {/* a route */}
      <img src="static/placeholder" alt="either/or" />
    </Link>
  );
}
