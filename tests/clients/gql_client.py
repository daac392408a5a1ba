"""The Python client gql, over each of its transports."""

import asyncio
import os
import unittest

from gql import Client, GraphQLRequest, gql
from gql.transport.aiohttp import AIOHTTPTransport
from gql.transport.aiohttp_websockets import AIOHTTPWebsocketsTransport
from gql.transport.exceptions import TransportQueryError
from gql.transport.httpx import HTTPXAsyncTransport, HTTPXTransport
from gql.transport.websockets import WebsocketsTransport
from graphql import GraphQLError

URL = os.environ["SIMPUL_URL"]
SOCKET = URL.replace("http", "ws", 1) + "/ws"
SLUG = "kopontren-al-ittifaq"
NAME = "Koperasi Konsumen Pondok Pesantren Al-Ittifaq"
PROFILE = """
    query Profile($by: CooperativeBy!) {
      cooperative(by: $by) { name region { code } }
    }
"""
STRANGE = "{ strange }"


def profile(slug: str = SLUG) -> GraphQLRequest:
    return GraphQLRequest(PROFILE, variable_values={"by": {"slug": slug}})


class OverHttp(unittest.IsolatedAsyncioTestCase):
    transports = (AIOHTTPTransport, HTTPXAsyncTransport)

    async def test_a_request_has_its_answer(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport(url=URL)) as session:
                    result = await session.execute(profile())
                    self.assertEqual(result["cooperative"]["name"], NAME)
                    self.assertRegex(result["cooperative"]["region"]["code"], r"^32\.04\.")

    async def test_the_schema_is_fetched_and_a_request_is_checked_by_it(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                client = Client(transport=transport(url=URL), fetch_schema_from_transport=True)
                async with client as session:
                    fields = client.schema.query_type.fields
                    self.assertTrue(fields["cooperative"].description)
                    self.assertEqual(str(fields["cooperative"].args["by"].type), "CooperativeBy!")
                    result = await session.execute(profile())
                    self.assertEqual(result["cooperative"]["name"], NAME)
                    with self.assertRaisesRegex(GraphQLError, "Cannot query field 'strange'"):
                        await session.execute(gql(STRANGE))

    async def test_an_error_has_its_code(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport(url=URL)) as session:
                    with self.assertRaises(TransportQueryError) as caught:
                        await session.execute(gql(STRANGE))
                [error] = caught.exception.errors
                self.assertEqual(error["extensions"]["code"], "GRAPHQL_VALIDATION_FAILED")
                self.assertIsNone(caught.exception.data)

    async def test_what_one_may_see_comes_with_the_error(self):
        async with Client(transport=AIOHTTPTransport(url=URL)) as session:
            with self.assertRaises(TransportQueryError) as caught:
                await session.execute(gql("{ placements(first: 1) { nodes { status score } } }"))
        self.assertEqual([error["extensions"]["code"] for error in caught.exception.errors], ["FORBIDDEN"])
        self.assertIsNone(caught.exception.data["placements"]["nodes"][0]["score"])

    async def test_a_batch_has_its_answers_in_order(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport(url=URL)) as session:
                    found, none = await session.execute_batch([profile(), profile("tidak-ada")])
                    self.assertEqual(found["cooperative"]["name"], NAME)
                    self.assertIsNone(none["cooperative"])

    async def test_the_cost_is_in_the_extensions(self):
        async with Client(transport=AIOHTTPTransport(url=URL)) as session:
            result = await session.execute(profile(), get_execution_result=True)
            self.assertGreater(result.extensions["cost"]["requested"], 0)

    def test_a_script_without_asyncio_has_its_answer(self):
        with Client(transport=HTTPXTransport(url=URL), fetch_schema_from_transport=True) as session:
            self.assertEqual(session.execute(profile())["cooperative"]["name"], NAME)


def over_websockets() -> WebsocketsTransport:
    # It offers an older protocol too, and takes that for chosen: it looks for the server's choice under a name in
    # mixed case only, which HTTP does not have.
    return WebsocketsTransport(url=SOCKET, subprotocols=[WebsocketsTransport.GRAPHQLWS_SUBPROTOCOL])


def over_aiohttp() -> AIOHTTPWebsocketsTransport:
    return AIOHTTPWebsocketsTransport(url=SOCKET)


class OverWebSocket(unittest.IsolatedAsyncioTestCase):
    transports = (over_websockets, over_aiohttp)

    async def test_a_request_has_its_answer(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport()) as session:
                    result = await session.execute(profile())
                    self.assertEqual(result["cooperative"]["name"], NAME)
                    self.assertEqual(session.transport.subprotocol, "graphql-transport-ws")

    async def test_the_schema_is_fetched_over_the_socket(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                client = Client(transport=transport(), fetch_schema_from_transport=True)
                async with client as session:
                    self.assertIn("Cooperative", client.schema.type_map)
                    result = await session.execute(profile())
                    self.assertEqual(result["cooperative"]["name"], NAME)

    async def test_many_requests_share_the_socket(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport()) as session:
                    slugs = [SLUG, "tidak-ada"] * 4
                    results = await asyncio.gather(*(session.execute(profile(slug)) for slug in slugs))
                names = [result["cooperative"] and result["cooperative"]["name"] for result in results]
                self.assertEqual(names, [NAME, None] * 4)

    async def test_made_up_data_is_said_to_be(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport()) as session:
                    for request, synthetic in ((gql("{ cooperatives(first: 1) { nodes { id } } }"), True), (profile(), None)):
                        result = await session.execute(request, get_execution_result=True)
                        self.assertIs(result.extensions.get("synthetic"), synthetic)

    async def test_an_error_has_its_code_and_the_socket_stays(self):
        for transport in self.transports:
            with self.subTest(transport.__name__):
                async with Client(transport=transport()) as session:
                    # Not assertRaises: it clears the frames of what it caught, among them gql's receiving loop.
                    try:
                        await session.execute(gql(STRANGE))
                        self.fail("answered")
                    except TransportQueryError as refused:
                        codes = [error["extensions"]["code"] for error in refused.errors]
                    self.assertEqual(codes, ["GRAPHQL_VALIDATION_FAILED"])
                    result = await session.execute(profile())
                    self.assertEqual(result["cooperative"]["name"], NAME)


if __name__ == "__main__":
    unittest.main(verbosity=2)
